"""Attendance: who signed in, who is on leave, who was taken back, who visited."""
