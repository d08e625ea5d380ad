"""All rows of one database into another, whichever of the two kinds each is: what backups, restores and moves are.

A copy is of one moment, and numbers that were given once are not given again.
"""

from pathlib import Path

from sqlalchemy import TableClause, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from footfall.metadata.address import shown_address
from footfall.metadata.audit import HOUSEKEEPING
from footfall.metadata.database import Database
from footfall.metadata.tables import InstallRow, Table

_ROWS_AT_ONCE = 1_000
_TABLES = Table.metadata.sorted_tables
_NUMBERED = tuple(table.name for table in _TABLES if table.autoincrement_column is not None)


def copy_rows(origin: Database, target: Database) -> dict[str, int]:
    """Replace all rows of ``target`` by those of ``origin``; tells how many of each table. Both have the newest schema.

    It happens at once or not at all. The audit log is copied too, and tells nothing of the copying.
    """
    copied: dict[str, int] = {}
    with origin.reading() as reading, target.session(takes_long=True) as writing:
        changes = writing.scalar(select(InstallRow.site_changes)) or 0
        for table in reversed(_TABLES):
            writing.execute(delete(table), execution_options=HOUSEKEEPING)
        for table in _TABLES:
            copied[table.name] = _copy_table(reading, writing, table)
        _give_no_number_twice(writing, _given_numbers(reading, origin), target)
        later = max(changes, writing.scalars(select(InstallRow.site_changes)).one()) + 1
        writing.execute(update(InstallRow).values(site_changes=later))  # other processes must notice
    return copied


def dump(origin: Database, path: Path) -> None:
    """Write everything into a new SQLite file."""
    copy = Database(f"sqlite:///{path.resolve()}")
    try:
        copy.migrate()
        copy_rows(origin, copy)
        copy.empty_journal()
    finally:
        copy.close()


def is_blank(database: Database) -> bool:
    """Whether nobody has used a database yet, be it without a schema."""
    if not database.revision():
        return True
    with database.reading() as session:
        rows = [session.scalar(select(func.count()).select_from(table)) or 0 for table in _TABLES]
    return sum(rows) <= 1  # the install itself


def is_same(one: Database, other: Database) -> bool:
    """Whether both are at the same address."""
    return shown_address(one.url) == shown_address(other.url)


def _copy_table(reading: Session, writing: Session, table: TableClause) -> int:
    found = reading.execute(select(table).execution_options(yield_per=_ROWS_AT_ONCE)).mappings()
    rows = 0
    for part in found.partitions():
        writing.execute(insert(table), [dict(row) for row in part], execution_options=HOUSEKEEPING)
        rows += len(part)
    return rows


def _given_numbers(session: Session, database: Database) -> dict[str, int]:
    """The highest number each table has ever given, those of deleted rows among them."""
    highest = {name: session.scalar(text(f"SELECT max(id) FROM {name}")) or 0 for name in _NUMBERED}  # noqa: S608 - a table of ours
    if database.is_sqlite:
        given = {name: int(last) for name, last in session.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    else:
        given = {name: _last_of_sequence(session, name) for name in _NUMBERED}
    return {name: max(number, given.get(name, 0)) for name, number in highest.items()}


def _last_of_sequence(session: Session, table: str) -> int:
    sequence = session.scalars(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table}).one()
    last, is_given = session.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608 - of a table of ours
    return int(last) if is_given else 0


def _give_no_number_twice(session: Session, given: dict[str, int], target: Database) -> None:
    for table, number in given.items():
        if target.is_sqlite:
            _raise_sqlite_sequence(session, table, number)
        elif number:
            highest = max(number, _last_of_sequence(session, table))
            raising = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :number)")
            session.execute(raising, {"table": table, "number": highest})


def _raise_sqlite_sequence(session: Session, table: str, number: int) -> None:
    """Only tables that must not give a number twice have a row of their own there."""
    keeps = Table.metadata.tables[table].dialect_options["sqlite"]["autoincrement"]
    if keeps and number:
        known = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        highest = max(number, session.scalar(known, {"table": table}) or 0)
        session.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table})
        values = {"table": table, "number": highest}
        session.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)"), values)
