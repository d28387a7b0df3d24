"""The catalogue: rows of any kind."""
