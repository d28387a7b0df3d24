"""People: the roster, the units people belong to, and why someone need not come."""
