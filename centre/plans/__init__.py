"""Plans: which evening is to be held where, with which courses."""
