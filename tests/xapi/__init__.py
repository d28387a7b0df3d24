"""xAPI statements, and the npm validator they are checked with."""
