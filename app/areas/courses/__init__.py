"""Courses: what the catalogue holds, and which files of it are whole on this disk."""
