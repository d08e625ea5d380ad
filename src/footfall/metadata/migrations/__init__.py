"""Alembic's migrations, applied by ``Database.migrate``."""
