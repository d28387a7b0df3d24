"""Runs migrations on the connection that ``app.store.upgrade`` hands in.

Foreign keys are off before the transaction and the whole upgrade is one
BEGIN IMMEDIATE: the one safe configuration of four on SQLite.
"""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
