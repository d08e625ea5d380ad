"""How Alembic runs here: always in a connection that ``Database.migrate`` has opened and will commit."""

from alembic import context

from footfall.metadata.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
