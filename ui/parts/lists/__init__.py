"""Lists of a page: courses, plays, people."""
