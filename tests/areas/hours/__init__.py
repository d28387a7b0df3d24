"""Learning hours."""
