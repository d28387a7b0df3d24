"""A session that was held away from this PC is written down afterwards."""
