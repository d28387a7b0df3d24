"""The centre's own tables, its migrations, and how either database is opened."""
