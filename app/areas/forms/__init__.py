"""Forms: one sheet of paper described once, for screen, A4 and spreadsheet."""
