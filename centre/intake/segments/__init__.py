"""Segments: where each goes on from, what is held of it, and what their tree says of the PC."""
