"""Stations: how one becomes known, and whether a request is really its own."""
