"""Feeds: the newest version of each row, numbered in order of commit, for a scope."""
