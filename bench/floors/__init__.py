"""Floors: the least that a correct program could take for the same work."""
