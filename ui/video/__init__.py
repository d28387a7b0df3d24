"""Showing the player's pictures: one decode, any number of surfaces."""
