"""Past evenings, and how far each has reached the centre."""
