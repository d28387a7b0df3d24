"""Plans: which session is to be held where, with which courses."""
