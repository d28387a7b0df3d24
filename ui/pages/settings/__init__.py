"""Language, size, screens and sound: every choice holds at once."""
