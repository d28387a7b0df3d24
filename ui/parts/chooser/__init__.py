"""Choosing a file or a stick without the system's own window: large rows, newest first."""
