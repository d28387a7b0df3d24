"""The station's own program in a process of its own, and the people who act on it."""
