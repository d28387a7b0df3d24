"""The simulated county: PCs, their centre, what lies between them, and what was confirmed to people."""
