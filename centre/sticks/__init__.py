"""Sticks at the centre: what stations put there is taken in, receipts and feeds go back on it."""
