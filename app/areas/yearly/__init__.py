"""The yearly sheet: what a person did in a year, as evidence for the annual review."""
