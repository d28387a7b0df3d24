"""A new subject, added to a copy of the program to see what it costs."""
