"""Rosters as they come in spreadsheets: opened, read, matched with who is known, told."""
