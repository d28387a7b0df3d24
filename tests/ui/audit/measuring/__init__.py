"""Measures of rendered widgets: pure functions from a shown widget tree to the faults in it.

What is measured is what was drawn: texts are taken from the painting itself (``drawn``),
colours from the pixels of the picture (``contrast``), places from the laid-out widgets.
Nothing here reads a token to believe it.
"""
