"""Every column of every table as the bytes it unpacks to, for whoever must look at all there is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from footfall.store.engine import DATABASE, Engine
from footfall.store.reader import Reader, Statement

_PROBE = "probe"


class Column(NamedTuple):
    """One column of a table that has files of its own."""

    database: str
    table: str
    name: str


def stored_columns(reader: Reader) -> list[Column]:
    """All columns that stand on disk, the engine's own logs among them."""
    sql = (
        "SELECT database, table, name FROM system.columns WHERE (database, table) IN"
        " (SELECT database, name FROM system.tables WHERE notEmpty(data_paths) AND NOT is_temporary)"
        " ORDER BY database, table, position"
    )
    return [Column(*row) for row in reader.run(Statement("store.stored_columns", sql))]


def column_bytes(reader: Reader, column: Column) -> Iterator[bytes]:
    """The values of one column, one after another, unpacked."""
    sql = "SELECT {name:Identifier} FROM {database:Identifier}.{table:Identifier}"
    return reader.stream(Statement("store.column_bytes", sql, column._asdict()), "RowBinary")


@contextmanager
def probe(engine: Engine, values: Sequence[bytes]) -> Iterator[Column]:
    """A table with these values in one compressed column, there while the block runs."""
    column = Column(DATABASE, _PROBE, "value")
    client = engine.writing_client()
    try:
        client.command(f"DROP TABLE IF EXISTS {_PROBE} SYNC")  # a killed process may have left it
        client.command(f"CREATE TABLE {_PROBE} (value String CODEC(ZSTD(1))) ENGINE = MergeTree ORDER BY tuple()")
        client.insert(_PROBE, [[value] for value in values], column_names=["value"])
        yield column
    finally:
        client.command(f"DROP TABLE IF EXISTS {_PROBE} SYNC")
        client.close()
