"""How Alembic runs here: always in a connection that ``Database`` has opened and will commit."""

from alembic import context

from footfall.metadata.collation import compare_bytes
from footfall.metadata.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
compare_bytes(connection)
