"""Processes around what is measured: children, databases, lines, meters."""
