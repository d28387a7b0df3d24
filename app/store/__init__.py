"""The station's store: SQLite through SQLAlchemy Core, the journal and the rows made from it."""
