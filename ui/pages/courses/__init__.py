"""All courses and how much of each is on this PC."""
