"""The monthly set and the theme day."""
