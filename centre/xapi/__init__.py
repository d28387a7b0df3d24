"""Attendance and films as xAPI statements, for whoever keeps a learning record store."""
