"""Sessions: prepared, opened, moved from step to step, closed, or honestly not held."""
