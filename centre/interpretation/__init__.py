"""Interpretation: what the facts say, read out of the set of them and never of their arrival."""
