"""Erasing a person's data: here, and by the feed at every station that has it."""
