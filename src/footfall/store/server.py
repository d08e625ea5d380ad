"""The store on a ClickHouse server: the same interface as the embedded engine, over HTTP.

The server may be away at any time, at start too: nothing is asked of it before a client is opened, and whoever opens
the first one brings the schema up to date.
"""

import logging
import secrets
import threading
from typing import Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError
from clickhouse_connect.driver.httpclient import HttpClient

from footfall.errors import SettingsError, StoreError
from footfall.store.connections import Connections
from footfall.store.engine import DATABASE, WRITE_SETTINGS
from footfall.store.schema import migrate

OLDEST_VERSION = "24.8"
"""Before it, views of a table did not recognise a batch that came again by its token."""

_CONNECT_SECONDS = 5
_ENDING_SECONDS = 2
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

    def __init__(self, address: ServerAddress, password: str, *, timeout_seconds: float) -> None:
        self.address = address
        self._password = password
        self._timeout_seconds = timeout_seconds
        self._connections = Connections()
        self._has_schema = False
        self._schema_lock = threading.Lock()
        self._mark = {"log_comment": f"footfall-{secrets.token_hex(8)}"}  # tells our queries from those of others

    def client(self, settings: dict[str, Any] | None = None) -> Client:
        """Open a client on the footfall database; the caller closes it. Raises DatabaseError while it is away."""
        self._bring_schema_up_to_date()
        longest = (settings or {}).get("max_execution_time", 0) + _CONNECT_SECONDS
        client = self._open(self.address.database, max(self._timeout_seconds, longest))
        return _with_settings(client, {**self._mark, **(settings or {})})

    def writing_client(self) -> Client:
        """Open a client with the settings every insert needs."""
        return self.client(WRITE_SETTINGS)

    def end_queries(self) -> None:
        """End our own queries that are running, where the server answers at all."""
        try:
            client = _with_settings(self._open(None, _ENDING_SECONDS), self._mark)
            client.command(
                "KILL QUERY WHERE user = currentUser() AND Settings['log_comment'] = {mark:String}"
                " AND query_id != queryID() ASYNC",
                parameters={"mark": self._mark["log_comment"]},
            )
        except DatabaseError:
            pass
        self.break_off()

    def break_off(self) -> None:
        """End what waits for an answer that may never come; nothing can be asked after it."""
        self._connections.break_off()

    def _open(self, database: str | None, timeout_seconds: float) -> Client:
        client = clickhouse_connect.get_client(
            interface=self.address.interface,
            host=self.address.host,
            port=self.address.port,
            username=self.address.user,
            password=self._password,
            database=database,
            compress=False,
            autogenerate_session_id=False,
            pool_mgr=self._connections,
            connect_timeout=max(int(min(timeout_seconds, _CONNECT_SECONDS)), 1),
            send_receive_timeout=max(int(timeout_seconds), 1),
            query_retries=0,
            show_clickhouse_errors=False,
        )
        cast("HttpClient", client).http_retries = 0
        return client

    def _bring_schema_up_to_date(self) -> None:
        with self._schema_lock:
            if self._has_schema:
                return
            client = self._open(None, self._timeout_seconds)
            if not client.min_version(OLDEST_VERSION):
                raise StoreError(f"ClickHouse {client.server_version} is too old; use {OLDEST_VERSION} or newer.")
            self._make_database(client)
            migrate(self._open(self.address.database, self._timeout_seconds))
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
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SettingsError("FOOTFALL_CLICKHOUSE_URL must look like https://user@host:8443/footfall.")
    if parts.password is not None:
        raise SettingsError("FOOTFALL_CLICKHOUSE_URL may not hold a password; set FOOTFALL_CLICKHOUSE_PASSWORD.")
    return ServerAddress(
        parts.scheme,
        parts.hostname,
        parts.port or _PORTS[parts.scheme],
        unquote(parts.username or "default"),
        unquote(parts.path.strip("/")) or DATABASE,
    )


def _with_settings(client: Client, settings: dict[str, Any]) -> Client:
    """Leave out what the server does not know: an older one has no switch for what it cannot do."""
    for name, value in settings.items():
        if name in client.server_settings:
            client.set_client_setting(name, value)
    return client
