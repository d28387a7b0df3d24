"""Figures of a station: starting, signing in, playing, searching, downloading."""
