"""Courses: files published by their hashes and served piece by piece."""
