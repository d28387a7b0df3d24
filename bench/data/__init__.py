"""Invented pasts, people and sessions: the same for the same seed."""
