"""A person's sheet: who they are, how they stand now and lately, and what can be done."""
