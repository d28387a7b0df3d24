"""Discussion: what was said after the film, written down."""
