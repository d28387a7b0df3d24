"""Questions to members, one on the screen at a time: ratings, surveys, tests."""
