"""A ClickHouse server as far as clickhouse-connect needs one: `python -m tests.faults.stand_in PORT FOLDER`.

It executes every statement in a real engine (chDB) in a process and a folder of its own, and speaks ClickHouse's HTTP
interface: statement in the body, settings and parameters in the address, Native both ways. `POST /fault` makes it
misbehave. https://clickhouse.com/docs/interfaces/http
"""

import contextlib
import json
import re
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import chdb

_INSERT = re.compile(rb"INSERT INTO (\S+) \(([^)]*)\) FORMAT Native\n")
_FORMAT = re.compile(r"\bFORMAT\s+(\w+)\s*;?\s*$", re.IGNORECASE)
_CODE = re.compile(r"Code: (\d+)")
# What the HTTP interface takes for itself out of the address; all else is a setting.
_TRANSPORT = {
    *("query", "database", "query_id", "wait_end_of_query", "client_protocol_version", "enable_http_compression"),
    *("send_progress_in_http_headers", "http_headers_progress_interval_ms", "default_format"),
}
SLOW_SECONDS = 0.3
LATE_SECONDS = 5.0


class QueryError(Exception):
    """What the engine says is wrong."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        found = _CODE.search(message)
        self.code = int(found[1]) if found else 1002


class Faults:
    """What the next requests suffer; insert faults leave other statements alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kind = ""
        self._left = 0.0
        self.done = 0

    def switch(self, kind: str, times: float) -> None:
        """Do ``kind`` to this many requests; an empty kind ends it."""
        with self._lock:
            self._kind, self._left, self.done = kind, times, 0

    def take(self, is_insert: bool) -> str:
        """The fault that this request suffers, if any."""
        with self._lock:
            if self._left <= 0 or (self._kind in _INSERT_FAULTS and not is_insert):
                return ""
            self._left -= 1
            self.done += 1
            return self._kind


_INSERT_FAULTS = {"late", "reset_after_commit", "too_many_parts"}


class Engine:
    """chDB; each statement gets a handle of its own, as a server gives it a session."""

    def __init__(self, folder: Path) -> None:
        self._path = str(folder)
        self._running: set[str] = set()
        self._lock = threading.Lock()
        self._keep_open = self._connect()

    def run(self, sql: str, form: str, parameters: dict[str, str], settings: dict[str, str], database: str) -> bytes:
        """Execute one statement; raises QueryError."""
        handle = self._connect()
        try:
            if database:
                handle.query(f"USE `{database}`", "TabSeparated")
            for name, value in settings.items():
                handle.query(f"SET {name} = {_quoted(value)}", "TabSeparated")
            answer: bytes = handle.query(sql, form, params=parameters).bytes() or b""
        except RuntimeError as error:
            raise QueryError(str(error)) from error
        finally:
            handle.close()
        return answer

    def _connect(self) -> Any:
        return chdb.connect(self._path)  # type: ignore[no-untyped-call]

    @contextlib.contextmanager
    def named(self, query_id: str) -> Iterator[None]:
        """Hold a query's id while it runs: another under the same id is refused."""
        with self._lock:
            if query_id in self._running:
                raise QueryError(f"Code: 216. DB::Exception: Query with id = {query_id} is already running.")
            self._running.add(query_id)
        try:
            yield
        finally:
            self._running.discard(query_id)


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    engine: Engine
    faults: Faults
    is_over: threading.Event

    def do_GET(self) -> None:
        if self.path.startswith("/fault"):
            self._answer(200, json.dumps({"done": self.faults.done}).encode())
        else:
            self._answer(200, b"Ok.\n")

    def do_POST(self) -> None:
        body = self._body()
        if body is None:  # the client went away before it had said everything
            self.close_connection = True
            return
        if self.path == "/fault":
            self.faults.switch(**json.loads(body))
            self._answer(200, b"")
            return
        asked = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        statement = body
        if self.headers.get_content_type() == "multipart/form-data":
            asked |= _form(self.headers, body)
            statement = b""
        statement = asked.pop("query", "").encode() + statement
        fault = self.faults.take(is_insert=_INSERT.match(statement) is not None)
        _BEFORE.get(fault, _nothing)(self)
        if not self.close_connection:
            self._execute(statement, asked, fault)

    def _execute(self, statement: bytes, asked: dict[str, str], fault: str) -> None:
        if fault == "too_many_parts":
            self._refuse(QueryError("Code: 252. DB::Exception: Too many parts (3001). (TOO_MANY_PARTS)"))
            return
        try:
            with self.engine.named(asked.get("query_id") or str(id(self))):
                form, answer = self._run(statement, asked)
        except QueryError as error:
            self._refuse(error)
            return
        if fault == "reset_after_commit":
            self.reset()
            return
        self._answer(200, answer, **{"X-ClickHouse-Format": form, "X-ClickHouse-Query-Id": asked.get("query_id", "")})

    def _run(self, statement: bytes, asked: dict[str, str]) -> tuple[str, bytes]:
        parameters = {name[6:]: value for name, value in asked.items() if name.startswith("param_")}
        settings = {n: v for n, v in asked.items() if n not in _TRANSPORT and not n.startswith("param_")}
        database = asked.get("database", "")
        insert = _INSERT.match(statement)
        if insert is None:
            sql = statement.decode()
            found = _FORMAT.search(sql)
            form = found[1] if found else "TabSeparated"
            return form, self.engine.run(sql, form, parameters, settings, database)
        with tempfile.NamedTemporaryFile(suffix=".native") as file:
            file.write(statement[insert.end() :])
            file.flush()
            table, columns = insert[1].decode(), insert[2].decode()
            sql = f"INSERT INTO {table} ({columns}) FROM INFILE '{file.name}' FORMAT Native"
            return "TabSeparated", self.engine.run(sql, "TabSeparated", {}, settings, database)

    def _body(self) -> bytes | None:
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length)
            return body if len(body) == length else None
        chunks: list[bytes] = []
        while line := self.rfile.readline():
            chunk = self.rfile.read(int(line, 16))
            self.rfile.readline()
            if not chunk:
                return b"".join(chunks)
            chunks.append(chunk)
        return None

    def _refuse(self, error: QueryError) -> None:
        self._answer(500, str(error).encode(), **{"X-ClickHouse-Exception-Code": str(error.code)})

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "X-ClickHouse-Timezone": "UTC", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self) -> None:
        """Break the connection off without a word."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def hang(self) -> None:
        """Never answer, and never do what was asked."""
        self.is_over.wait()
        self.close_connection = True

    def slow(self) -> None:
        """Do it after a while."""
        time.sleep(SLOW_SECONDS)

    def late(self) -> None:
        """Do it when nobody waits any more, as if it had lain in a buffer on its way."""
        time.sleep(LATE_SECONDS)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Serves each connection in a thread."""

    request_queue_size = 128

    def handle_error(self, *_: Any) -> None:
        """Say nothing: clients that lost patience are what this server is for."""


def _nothing(_handler: Handler) -> None:
    pass


_BEFORE: dict[str, Callable[[Handler], None]] = {
    "hang": Handler.hang,
    "slow": Handler.slow,
    "late": Handler.late,
}


def _form(headers: Message, body: bytes) -> dict[str, str]:
    content = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body
    parts = BytesParser().parsebytes(content).get_payload()
    assert isinstance(parts, list)
    fields: dict[str, str] = {}
    for part in parts:
        assert isinstance(part, Message)
        name, payload = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        fields[str(name)] = payload.decode()
    return fields


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def main(port: str, folder: str) -> None:
    """Serve until killed."""
    temporary = Path(folder) / "tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    tempfile.tempdir = str(temporary)
    Handler.engine, Handler.faults, Handler.is_over = Engine(Path(folder) / "data"), Faults(), threading.Event()
    Server(("127.0.0.1", int(port)), Handler).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
