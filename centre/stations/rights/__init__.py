"""Whether what a PC wrote counts, by the right it had when it wrote it."""
