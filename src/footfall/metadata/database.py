"""One database of people, sites and keys: engine, units of work, migrations and the counter of site changes."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from footfall.metadata.audit import AuditedSession
from footfall.metadata.clock import Clock, system_clock
from footfall.metadata.plan_limits import HAS_PLANS
from footfall.metadata.tables import InstallRow

_BUSY_TIMEOUT_MS = 5_000
_PRAGMAS = ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON", f"busy_timeout = {_BUSY_TIMEOUT_MS}")


def sqlite_url(data_dir: Path) -> str:
    """Where the database lies when no other is named: a file in the data folder."""
    return f"sqlite:///{data_dir.resolve() / 'footfall.db'}"


class Database:
    """The database at ``url`` (``sqlite:///…`` or ``postgresql+psycopg://…``); safe to share between threads."""

    def __init__(self, url: str, clock: Clock = system_clock, *, has_plans: bool = False) -> None:
        # The clock stamps the audit log; where teams have plans, what they leave no room for is refused.
        self._told = {"clock": clock, HAS_PLANS: has_plans}
        self.has_plans = has_plans
        # Parameters stay out of error texts: they hold addresses and hashes.
        self._engine = create_engine(url, hide_parameters=True)
        if self._engine.dialect.name == "sqlite":
            _make_private(self._engine.url.database)
            _use_explicit_transactions(self._engine)
        self._writing = self._engine.execution_options(footfall_writes=True)
        self.writes = 0
        """Units of work this process has ended: what was read before the last of them may not hold any more."""

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to ``revision``, the newest unless given; on SQLite several processes may do so at once."""
        config = Config()
        config.set_main_option("script_location", "footfall.metadata:migrations")
        config.set_main_option("path_separator", "os")
        with self._writing.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a unit of work that may write: committed when the block ends, undone when it raises."""
        try:
            with AuditedSession(self._writing, expire_on_commit=False, info=self._told) as session, session.begin():
                yield session
        finally:
            self.writes += 1

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a unit of work that only reads, and so waits for no writer."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    def change_counter(self) -> int:
        """Tell how often sites or their members were changed, by this process or another; one small read."""
        with self._engine.connect() as connection:
            return connection.execute(select(InstallRow.site_changes)).scalar_one()

    def empty_journal(self) -> None:
        """Wipe what SQLite's write-ahead log still holds of deleted rows; other databases see to that themselves."""
        if self._engine.dialect.name == "sqlite":
            with closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def mark_changed(session: Session) -> None:
    """Count a change of sites or members, so that every process sees it within a second."""
    session.execute(update(InstallRow).values(site_changes=InstallRow.site_changes + 1))


def _make_private(path: str | None) -> None:
    # SQLite gives its side files the mode of the database, so that one file is enough.
    if path and path != ":memory:":
        Path(path).touch(mode=0o600, exist_ok=True)


def _use_explicit_transactions(engine: Engine) -> None:
    # Python's driver opens transactions on its own terms and leaves schema changes out of them. A deferred
    # transaction that turns into a writer fails at once when another wrote meanwhile; IMMEDIATE waits its turn.
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("footfall_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
