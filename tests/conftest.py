"""Fixtures of people and sites, empty or with the cast; and the rule on skips.

A skip nobody agreed to is a failure: every reason stands in tests/allowed_skips.
"""

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url
from tests.people import Install, fresh_install, migrated_install, quick_hasher
from tests.postgres import PostgresServer, postgres_server

from footfall.accounts import passwords
from footfall.app.collector import spare_what_is_there
from footfall.metadata import Database, sqlite_url

ALLOWED_SKIPS = Path(__file__).parent / "allowed_skips"


def pytest_collection_finish() -> None:
    """Spare the collector all that modules and tests are made of, as the server does: a tenth of the time of tests."""
    gc.collect()
    spare_what_is_there()


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    allowed = [line for line in ALLOWED_SKIPS.read_text().splitlines() if line and not line.startswith("#")]
    unknown = {reason for report in skipped if not any(known in (reason := str(report.longrepr)) for known in allowed)}
    if unknown and reporter:
        reporter.write_line(f"skips not listed in {ALLOWED_SKIPS.name}: {sorted(unknown)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _quick_hashing() -> Iterator[None]:
    """Passwords cost little in every install of this process; servers of their own hash as they do elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PasswordHasher", quick_hasher)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for all tests of this process."""
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Whoever asks for a database is run on both."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """Where a database is that nobody else uses, with the newest schema once somebody has migrated it."""
    if database_kind == "sqlite":
        yield make_url(sqlite_url(tmp_path))
        return
    server: PostgresServer = request.getfixturevalue("postgres")  # only now: SQLite must not wait for it
    with server.database() as url:
        yield url


@pytest.fixture
def environment(database_url: URL, tmp_path: Path) -> dict[str, str]:
    """The variables with which a command finds that database."""
    folder = {"FOOTFALL_DATA_DIR": str(tmp_path)}
    if database_url.get_backend_name() == "sqlite":
        return folder
    return folder | {"FOOTFALL_DATABASE_URL": database_url.render_as_string(hide_password=False)}


Outage = Callable[[Database], AbstractContextManager[None]]


@pytest.fixture
def outage(database_kind: str, request: pytest.FixtureRequest) -> Outage:
    """Take a database away for as long as a block lasts: stop the server, or move the file."""

    @contextmanager
    def of_file(database: Database) -> Iterator[None]:
        path = Path(database.url.database or "")
        database.close()
        path.rename(path.with_suffix(".away"))
        yield
        path.with_suffix(".away").rename(path)

    @contextmanager
    def of_server(_database: Database) -> Iterator[None]:
        server: PostgresServer = request.getfixturevalue("postgres")
        server.stop()
        try:
            yield
        finally:
            server.start()

    return of_file if database_kind == "sqlite" else of_server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the newest schema, to be copied: to migrate one takes a tenth of a second each time."""
    folder = tmp_path_factory.mktemp("migrated")
    with fresh_install(sqlite_url(folder)) as install:
        return Path(install.database.url.database or "")


@pytest.fixture
def empty(database_url: URL, database_kind: str, request: pytest.FixtureRequest) -> Iterator[Install]:
    if database_kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), database_url.database or "")
    with migrated_install(database_url) as install:
        yield install


@pytest.fixture
def install(empty: Install) -> Install:
    empty.bring_in_the_cast()
    return empty
