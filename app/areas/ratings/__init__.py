"""Ratings: what those in the room thought of a session, as sums and never by person."""
