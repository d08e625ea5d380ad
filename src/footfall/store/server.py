"""The store on a ClickHouse server: the same interface as the embedded engine, over HTTP.

The server may be away at any time, at start too: nothing is asked of it before a client is opened, and whoever opens
the first one brings the schema up to date.
"""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from io import RawIOBase as IOBase
from typing import Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError
from clickhouse_connect.driver.httpclient import HttpClient

from footfall.errors import SettingsError, StoreError
from footfall.store.connections import Connections
from footfall.store.engine import DATABASE, MARKED, WRITE_SETTINGS
from footfall.store.schema import migrate

OLDEST_VERSION = "24.8"
"""Before it, views of a table did not recognise a batch that came again by its token."""

_CONNECT_SECONDS = 5
_ENDING_SECONDS = 2
_BLOCK_BYTES = 1 << 18
_PATIENCE = 1.25  # a question is waited for a little longer than the server may take over it
_EXAMPLE = "FOOTFALL_CLICKHOUSE_URL must look like https://user@host:8443/footfall."
_PORTS = {"http": 8123, "https": 8443}


class ServerAddress(NamedTuple):
    """Where the server answers, and as whom to speak to it."""

    interface: str
    host: str
    port: int
    user: str
    database: str

    def __str__(self) -> str:
        return f"{self.interface}://{self.user}@{self.host}:{self.port}/{self.database}"


class ServerEngine:
    """A database of a ClickHouse server. Clients share its connections."""

    inserts_may_come_late = True
    keeps_broken_answers = False

    def __init__(self, address: ServerAddress, password: str, *, timeout_seconds: float) -> None:
        self.address = address
        self._password = password
        self._timeout_seconds = timeout_seconds
        self._reading = Connections()
        self._writing = Connections()
        self._has_schema = False
        self._schema_lock = threading.Lock()
        self._mark = f"footfall-{secrets.token_hex(8)}"  # tells our queries from those of others

    def client(self, settings: dict[str, Any] | None = None) -> Client:
        """Open a client on the footfall database; the caller closes it. Raises DatabaseError while it is away."""
        return self._client(self._reading, settings or {})

    def writing_client(self) -> Client:
        """Open a client with the settings every insert needs."""
        return self._client(self._writing, WRITE_SETTINGS)

    def end_queries(self) -> None:
        """End our own questions that are running, where the server answers at all."""
        self._end("user = currentUser() AND Settings['log_comment'] = {mark:String}", self._mark)
        self.break_off_reading()

    def end_query(self, mark: str) -> None:
        """End the running query whose text holds ``mark``, where the server answers at all."""
        self._end(MARKED, mark)

    def stream(
        self, client: Client, sql: str, parameters: dict[str, Any], engine_format: str, mark: str
    ) -> Iterator[bytes]:
        """The answer as the server sends it."""
        is_whole = False
        source = cast("IOBase", client.raw_stream(sql, parameters=parameters, fmt=engine_format))
        try:
            while block := source.read(_BLOCK_BYTES):
                yield block
            is_whole = True
        finally:
            source.close()
            if not is_whole:
                self.end_query(mark)

    def break_off_reading(self) -> None:
        """Let questions that wait for an answer fail; nothing can be read after it."""
        self._reading.break_off()

    def break_off_writing(self) -> None:
        """Let inserts and deletions that wait for an answer fail; nothing can be written after it."""
        self._writing.break_off()

    def close(self) -> None:
        """Do nothing: the server goes on without us."""

    def _client(self, connections: Connections, settings: dict[str, Any]) -> Client:
        self._bring_schema_up_to_date(connections)
        may_take_seconds = settings.get("max_execution_time", 0) * _PATIENCE
        client = self._open(connections, self.address.database, max(self._timeout_seconds, may_take_seconds))
        for name, value in {"log_comment": self._mark, **settings}.items():
            if name in client.server_settings:  # an older server has no switch for what it cannot do
                client.set_client_setting(name, value)
        return client

    def _open(self, connections: Connections, database: str | None, timeout_seconds: float) -> Client:
        client = clickhouse_connect.get_client(
            interface=self.address.interface,
            host=self.address.host,
            port=self.address.port,
            username=self.address.user,
            password=self._password,
            database=database,
            compress=False,
            autogenerate_session_id=False,
            pool_mgr=connections,
            connect_timeout=max(int(min(timeout_seconds, _CONNECT_SECONDS)), 1),
            send_receive_timeout=max(int(timeout_seconds), 1),
            query_retries=0,
            show_clickhouse_errors=False,
        )
        cast("HttpClient", client).http_retries = 0
        return client

    def _end(self, condition: str, mark: str) -> None:
        with suppress(DatabaseError):
            client = self._open(Connections(), None, _ENDING_SECONDS)
            client.command(f"KILL QUERY WHERE {condition} ASYNC", parameters={"mark": mark})

    def _bring_schema_up_to_date(self, connections: Connections) -> None:
        with self._schema_lock:
            if self._has_schema:
                return
            client = self._open(connections, None, self._timeout_seconds)
            if not client.min_version(OLDEST_VERSION):
                raise StoreError(f"ClickHouse {client.server_version} is too old; use {OLDEST_VERSION} or newer.")
            self._make_database(client)
            migrate(self._open(connections, self.address.database, self._timeout_seconds))
            self._has_schema = True

    def _make_database(self, client: Client) -> None:
        """Ask first: a user who may not make databases can still be given one."""
        name = self.address.database
        found = client.query("SELECT 1 FROM system.databases WHERE name = {name:String}", parameters={"name": name})
        if not found.result_rows:
            client.command("CREATE DATABASE IF NOT EXISTS {name:Identifier}", parameters={"name": name})


def open_server(url: str, password: str, *, timeout_seconds: float) -> ServerEngine:
    """Describe the server at ``url``; nothing is sent to it yet.

    ``timeout_seconds`` is the longest wait for the server to go on with an answer. Raises SettingsError for an
    address that makes no sense.
    """
    for noisy in ("clickhouse_connect", "urllib3"):  # they write a line for every failed attempt
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return ServerEngine(address_of(url), password, timeout_seconds=timeout_seconds)


def address_of(url: str) -> ServerAddress:
    """Read ``https://user@host:8443/database``; user, port and database may be missing."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise SettingsError(_EXAMPLE) from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SettingsError(_EXAMPLE)
    if parts.password is not None:
        raise SettingsError("FOOTFALL_CLICKHOUSE_URL may not hold a password; set FOOTFALL_CLICKHOUSE_PASSWORD.")
    return ServerAddress(
        parts.scheme,
        parts.hostname,
        port or _PORTS[parts.scheme],
        unquote(parts.username or "default"),
        unquote(parts.path.strip("/")) or DATABASE,
    )
