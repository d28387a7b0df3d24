"""Figures of a centre: taking in, reading, answering many stations at once."""
