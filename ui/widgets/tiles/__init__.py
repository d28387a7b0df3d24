"""Painted tiles: how they look, one person as a tile, a wall of them in pages."""
