"""Copies of a whole centre: made while it serves, proven by opening, and put back."""
