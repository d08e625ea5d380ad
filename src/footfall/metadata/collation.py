"""Texts are compared and sorted by their bytes on both databases.

PostgreSQL would use the rules of the machine's language: lists in another order than on SQLite, and unique indexes
that go wrong the day a new C library sorts differently.
"""

from sqlalchemy import Connection, text

_OTHERS = text(
    "SELECT format('ALTER TABLE %I ALTER COLUMN %I TYPE varchar(%s) COLLATE \"C\"',"
    " table_name, column_name, character_maximum_length)"
    " FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'character varying'"
    " AND character_maximum_length IS NOT NULL AND collation_name IS DISTINCT FROM 'C'"
    " AND table_name <> 'alembic_version'"
)


def compare_bytes(connection: Connection) -> None:
    """Give every text column that has none yet the collation of bytes; SQLite's have it anyway."""
    if connection.dialect.name == "postgresql":
        for statement in connection.execute(_OTHERS).scalars().all():
            connection.exec_driver_sql(statement)
