"""Alembic's home; the versions are frozen text that imports nothing of ours."""
