"""One database of people, sites and keys: engine, units of work, migrations and the counter of site changes."""

import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import URL, make_url, select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from footfall.errors import SettingsError, Unavailable
from footfall.metadata.address import shown_address
from footfall.metadata.audit import AuditedSession
from footfall.metadata.clock import Clock, system_clock
from footfall.metadata.failures import AWAY, in_words, is_away, is_cut_off, reason_of
from footfall.metadata.plan_limits import HAS_PLANS
from footfall.metadata.revisions import known_revisions
from footfall.metadata.sqlite import open_sqlite
from footfall.metadata.tables import InstallRow

_REST_SECONDS = 1.0

log = logging.getLogger(__name__)


class Database:
    """The database at ``url`` (``sqlite:///…`` or ``postgresql+psycopg://…``); safe to share between threads.

    Its units of work raise Unavailable while it is away, locked or full, InvalidInput for what it cannot store.
    """

    def __init__(
        self,
        url: str | URL,
        clock: Clock = system_clock,
        *,
        has_plans: bool = False,
        connections: int = 10,
        wait_seconds: float = 5.0,
    ) -> None:
        # The clock stamps the audit log; where teams have plans, what they leave no room for is refused.
        self._told = {"clock": clock, HAS_PLANS: has_plans}
        self.has_plans = has_plans
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # Parameters stay out of error texts: they hold addresses and hashes.
        self._engine = (
            open_sqlite(self.url, wait_seconds=wait_seconds)
            if self.is_sqlite
            else _open_postgres(self.url, connections, wait_seconds)
        )
        self._writing = self._engine.execution_options(footfall_writes=True)
        self._writing_long = self._writing.execution_options(footfall_takes_long=True)
        # What one unit of work reads is of one moment; SQLite does so anyway.
        snapshot = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reading = self._engine.execution_options(**snapshot)
        self._rests_until = 0.0
        self.is_away = False
        """Whether it could not be reached when it was last asked."""
        self.writes = 0
        """Units of work this process has ended: rights read before the last of them may not hold any more."""

    def migrate(self, revision: str = "head") -> None:
        """Bring the schema to ``revision``, the newest unless given; several processes may do so at once.

        Raises SettingsError where a newer release has brought it further than this one knows.
        """
        if self.revision() != (known_revisions()[-1] if revision == "head" else revision):
            self._run_migrations(revision, is_back=False)

    def migrate_back(self, revision: str) -> None:
        """Take the schema back to ``revision``; what only newer ones could hold is lost."""
        self._run_migrations(revision, is_back=True)

    def revision(self) -> str:
        """Tell the revision the schema is at; empty where there is none."""
        with self._told_in_words(), self._reading.connect() as connection:
            if not self._engine.dialect.has_table(connection, "alembic_version"):
                return ""
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")

    def _run_migrations(self, revision: str, *, is_back: bool) -> None:
        from footfall.metadata.migrating import UnknownRevision, migrate  # noqa: PLC0415 - loads Alembic

        with self._told_in_words(), self._writing_long.begin() as connection:
            try:
                migrate(connection, revision, is_back=is_back)
            except UnknownRevision as error:
                raise SettingsError(
                    f"The schema of {shown_address(self.url)} is not known here: a newer Footfall has used it. "
                    "Install that release, or restore a backup made before."
                ) from error

    @contextmanager
    def session(self, *, concerns_rights: bool = True, takes_long: bool = False) -> Iterator[Session]:
        """Open a unit of work that may write: committed when the block ends, undone when it raises.

        Those of all processes take turns, so what one has looked at holds until it ends. ``concerns_rights`` is false
        of mere counts: who may do what is the same after them. ``takes_long`` lifts the limits of its statements.
        """
        engine = self._writing_long if takes_long else self._writing
        is_over = False
        try:
            with (
                self._told_in_words(),
                AuditedSession(engine, expire_on_commit=False, info=self._told) as session,
                session.begin(),
            ):
                yield session
                is_over = True
        finally:
            if is_over and concerns_rights:  # also where the commit fails: nobody knows then whether it holds
                self.writes += 1

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a unit of work that only reads, all of it as of one moment, and so waits for no writer."""
        with self._told_in_words(), Session(self._reading, expire_on_commit=False) as session:
            yield session

    def change_counter(self) -> int:
        """Tell how often sites or their members were changed, by this process or another; one small read."""
        with self._told_in_words(), self._reading.connect() as connection:
            return connection.execute(select(InstallRow.site_changes)).scalar_one()

    def answers(self) -> bool:
        """Ask it anything at all."""
        try:
            self.change_counter()
        except Unavailable:
            return False
        return True

    def empty_journal(self) -> None:
        """Wipe what SQLite's write-ahead log still holds of deleted rows; other databases see to that themselves."""
        if self.is_sqlite:
            with self._told_in_words(), closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _told_in_words(self) -> Iterator[None]:
        """Translate what the driver raises; after a failure to connect, whoever comes within a second need not wait."""
        if time.monotonic() < self._rests_until:
            raise Unavailable(AWAY)
        try:
            yield
        except SQLAlchemyError as error:
            if is_away(error):
                self._note_away(error)
            known = in_words(error)
            if known is None:
                raise
            raise known from error
        if self.is_away:
            self.is_away = False
            log.warning("the database of people and sites is back")

    def _note_away(self, error: SQLAlchemyError) -> None:
        if is_cut_off(error) and not self.is_sqlite:
            self._rests_until = time.monotonic() + _REST_SECONDS
        if not self.is_away:
            self.is_away = True
            log.error("the database of people and sites is away: %s", reason_of(error))


def mark_changed(session: Session) -> None:
    """Count a change of sites or members, so that every process sees it within a second."""
    session.execute(update(InstallRow).values(site_changes=InstallRow.site_changes + 1))


def _open_postgres(url: URL, connections: int, wait_seconds: float) -> Engine:
    try:
        from footfall.metadata.postgres import open_postgres  # noqa: PLC0415 - its driver is an extra
    except ModuleNotFoundError as error:
        raise SettingsError("PostgreSQL needs its driver: pip install 'footfall[postgres]'.") from error
    return open_postgres(url, connections=connections, wait_seconds=wait_seconds)
