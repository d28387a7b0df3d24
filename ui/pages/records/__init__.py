"""Past sessions, and how far each has reached the centre."""
