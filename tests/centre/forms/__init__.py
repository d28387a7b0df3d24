"""Forms at the centre."""
