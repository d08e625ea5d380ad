"""A real PostgreSQL server for tests: in a folder of its own, on a Unix socket, as nobody in particular."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from footfall.metadata import Database

_PORT = 5432  # in the name of the socket
_TEMPLATE = "footfall_template"
_UNSAFE_BUT_QUICK = (
    *("fsync=off", "full_page_writes=off", "autovacuum=off", "jit=off"),
    *("shared_buffers=16MB", "max_connections=60", "listen_addresses="),
)


class PostgresServer:
    """Started when it is first asked for a database."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder = folder
        self._programs = programs
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._port = _PORT
        self._runs_as = {"user": "nobody", "group": "nogroup"} if os.getuid() == 0 else {}
        if self._runs_as:
            shutil.chown(folder, **self._runs_as)
        initdb = ["initdb", "-D", "data", "-U", "footfall", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self._run(*initdb)
        self.start()

    def start(self, *more: str) -> None:
        """Start, with ``more`` options if need be, and wait until it answers."""
        options = [part for option in (*_UNSAFE_BUT_QUICK, *more) for part in ("-c", option)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", "data", "-k", self._folder, *options],
                cwd=self._folder,
                stdout=subprocess.DEVNULL,
                stderr=log,
                **self._runs_as,  # type: ignore[call-overload]
            )
        deadline = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < deadline, (self._folder / "log").read_text()

    def stop(self) -> None:
        """End at once, as if the machine had."""
        self._signal(signal.SIGQUIT)
        assert self._process
        self._process.wait(30)

    @contextmanager
    def over_tls(self, certificate: bytes, key: bytes) -> Iterator[int]:
        """Let it speak TLS, too, for as long as the block lasts; gives its port on this machine."""
        for name, content in (("server.crt", certificate), ("server.key", key)):
            (self._folder / name).write_bytes(content)
            (self._folder / name).chmod(0o600)
            if self._runs_as:
                shutil.chown(self._folder / name, **self._runs_as)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        self.stop()
        files = (f"ssl_cert_file={self._folder}/server.crt", f"ssl_key_file={self._folder}/server.key")
        self._port = port
        self.start("ssl=on", *files, "listen_addresses=127.0.0.1", f"port={port}")
        try:
            yield port
        finally:
            self.stop()
            self._port = _PORT
            self.start()

    def freeze(self) -> None:
        """Let connections stand that nobody answers."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on."""
        self._signal_all(signal.SIGCONT)

    def url(self, database: str) -> URL:
        return URL.create(
            "postgresql+psycopg", username="footfall", database=database, query={"host": str(self._folder)}
        )

    @cached_property
    def _template(self) -> str:
        """A database with the newest schema, made once."""
        self.statement(f"CREATE DATABASE {_TEMPLATE}")
        database = Database(self.url(_TEMPLATE))
        database.migrate()
        database.close()
        return _TEMPLATE

    @contextmanager
    def database(self, *, is_migrated: bool = True) -> Iterator[URL]:
        """A database that nobody else has; empty, or with the newest schema."""
        name = f"test_{next(self._numbers)}"
        self.statement(f"CREATE DATABASE {name} TEMPLATE {self._template if is_migrated else 'template0'}")
        yield self.url(name)
        self.statement(f"DROP DATABASE {name} WITH (FORCE)")

    def statement(self, sql: str) -> None:
        found = {"host": str(self._folder), "port": self._port, "user": "footfall", "dbname": "postgres"}
        with psycopg.connect(**found, autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute(sql.encode())

    def _answers(self) -> bool:
        try:
            self.statement("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.02)
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        command = [self._programs / program, *arguments]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True, **self._runs_as)  # type: ignore[call-overload]

    def _signal(self, signal_number: int) -> None:
        assert self._process
        self._process.send_signal(signal_number)

    def _signal_all(self, signal_number: int) -> None:
        """Each connection has a process of its own."""
        assert self._process
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        for pid in (self._process.pid, *map(int, children)):
            os.kill(pid, signal_number)


def programs_folder() -> Path | None:
    """Where PostgreSQL's programs are: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in debian), key=lambda path: float(path.parent.name), default=None)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """One for as long as the block lasts; skips where PostgreSQL is not there."""
    programs = programs_folder()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    # Not below the folder of pytest or of an engine, which only its user may enter.
    folder = Path(tempfile.mkdtemp(prefix="footfall-postgres-", dir="/tmp"))
    server = PostgresServer(folder, programs)
    try:
        yield server
    finally:
        server.thaw()
        server.stop()
        shutil.rmtree(folder)
