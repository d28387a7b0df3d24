"""The month of a branch: its theme day, and its lesson, film and practice."""
