"""Frozen steps of the schema; each is text that never changes again."""
