"""Handouts: PDF pages for the room's screen, found on sticks or chosen, drawn off the GUI thread."""
