"""Carriers to the centre. HTTP now; the same bytes will go by stick."""
