"""Queries off the event loop: a few threads, one client each."""

import asyncio
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from clickhouse_connect.driver.client import Client

from footfall.errors import QueryTooHeavy, Unavailable
from footfall.store.engine import Engine
from footfall.store.failures import STORE_IS_AWAY, TOO_HEAVY, said_plainly
from footfall.store.turns import Turns

_MOST_SHARED = 1000
_PAUSE_SECONDS = 1.0
_PROBE_SECONDS = 30.0
_ENDING_SECONDS = 0.1
_MARK_BYTES = 8
_NICENESS = 15
_MOST_ROWS = 200_000
"""Of one answer: every question has a smaller limit of its own, and this is for the one that forgets it."""


@dataclass(frozen=True)
class Statement:
    """One bound statement; ``tag`` names the code it came from in the engine's query log.

    It waits for the turn of the site ``site_id``; 0: it belongs to no site, or to all.
    """

    tag: str
    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)
    site_id: int = 0


class _Shared(NamedTuple):
    """An answer, or the promise of one, that several may get."""

    rows: Future[list[tuple[Any, ...]]]
    stale_at: float


class Blocks(Iterator[bytes]):
    """An answer a block at a time; the query begins with the first."""

    def __init__(self, blocks: Generator[bytes], end: Callable[[], None]) -> None:
        self._blocks = blocks
        self._end = end

    def __next__(self) -> bytes:
        return next(self._blocks)

    def end(self) -> None:
        """End the query, while another thread may be waiting for a block of it: that one is told a failure."""
        self._end()

    def close(self) -> None:
        """Let go of everything; nobody may be waiting for a block."""
        self._blocks.close()


class Reader:
    """Runs statements with a time and a memory limit.

    ``run`` is for threads, ``ask`` for coroutines; both return rows as tuples.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        threads: int,
        timeout_seconds: float,
        max_memory_bytes: int,
        shared_seconds: float = 0,
    ) -> None:
        self._engine = engine
        self._settings = {
            "readonly": 2,
            # The engine's threads outlive a query, so that they need not have come from a thread that gives way. Where
            # the system gives no right to set it back (CAP_SYS_NICE), the engine ignores this.
            "os_threads_nice_value_query": _NICENESS,
            "max_threads": max(1, (os.cpu_count() or 1) // threads),
            "max_execution_time": timeout_seconds,
            "max_memory_usage": max_memory_bytes,
            "max_result_rows": _MOST_ROWS,
            "max_bytes_before_external_group_by": max_memory_bytes // 2,
            # Reading a tuple's element as a subcolumn skips the merge of FINAL and gives another row's value.
            "optimize_functions_to_subcolumns": 0,
        }
        self._away_until = 0.0
        self._local = threading.local()
        self._clients: list[Client] = []
        self._shared_seconds = shared_seconds
        self._shared: dict[tuple[Any, ...], _Shared] = {}
        self._turns = Turns(threads, _give_way)
        self._left: set[str] = set()  # marks of queries whose callers have left
        self._ending = ThreadPoolExecutor(1, "ending")

    async def ask_shared(self, statement: Statement) -> list[tuple[Any, ...]]:
        """Like ``ask``, but the answer may be ``shared_seconds`` old: all who ask meanwhile get the same."""
        key, now = (statement.sql, *statement.parameters.items()), time.monotonic()
        asked = self._shared.get(key)
        if asked is None or now >= asked.stale_at or (asked.rows.done() and asked.rows.exception()):
            if len(self._shared) >= _MOST_SHARED:
                self._shared.clear()
            asked = _Shared(self._submit(statement, ""), now + self._shared_seconds)
            self._shared[key] = asked
        found = asyncio.wrap_future(asked.rows)
        found.add_done_callback(_look_at)  # whoever waits may leave before it fails
        return await asyncio.shield(found)

    async def ask(self, statement: Statement) -> list[tuple[Any, ...]]:
        """Run ``statement`` when its site has its turn; raises QueryTooHeavy past a limit, Unavailable while away.

        Where the caller is cancelled before, it is not run at all; meanwhile, the engine ends it.
        """
        mark = secrets.token_hex(_MARK_BYTES)
        rows = self._submit(statement, mark)
        try:
            return await asyncio.wrap_future(rows)
        except asyncio.CancelledError:
            if rows.running():
                self._left.add(mark)
                self._ending.submit(self._end, mark, rows)
            raise

    def _submit(self, statement: Statement, mark: str) -> Future[list[tuple[Any, ...]]]:
        return self._turns.submit(statement.site_id, partial(self.run, statement, mark))

    def _end(self, mark: str, rows: Future[list[tuple[Any, ...]]]) -> None:
        """More than once where need be: the engine may not have begun with the query yet."""
        while not rows.done():
            self._engine.end_query(mark)
            wait([rows], _ENDING_SECONDS)
        self._left.discard(mark)

    def run(self, statement: Statement, mark: str = "") -> list[tuple[Any, ...]]:
        """Run ``statement`` in this thread; raises QueryTooHeavy past a limit, Unavailable while the store is away.

        ``mark`` tells it from others that run, for whoever would end it.
        """
        if self._away_until:
            self._refuse_while_away()
        try:
            rows = self._rows(statement, mark)
        except Unavailable:
            if mark not in self._left:  # else it was ended for want of a caller, and the store is well
                self._away_until = time.monotonic() + _PAUSE_SECONDS
            raise
        self._away_until = 0.0
        return rows

    def _refuse_while_away(self) -> None:
        """While the store is away one question at a time waits for it, rather than all panels of a page in turn."""
        now = time.monotonic()
        if now < self._away_until:
            raise Unavailable(STORE_IS_AWAY)
        self._away_until = now + _PROBE_SECONDS

    def _rows(self, statement: Statement, mark: str) -> list[tuple[Any, ...]]:
        with said_plainly():
            client = self._client()
            try:
                found = client.query(_marked(statement, mark), parameters=statement.parameters)
                return [tuple(row) for row in found.result_rows]
            except Exception as error:
                self._drop(client)
                if isinstance(error, UnicodeDecodeError):
                    # A limit was reached when the answer had begun: the engine's words stand where rows are expected.
                    raise QueryTooHeavy(TOO_HEAVY) from error
                raise

    def stream(self, statement: Statement, engine_format: str) -> "Blocks":
        """The answer as bytes in one of the engine's formats, a block at a time, for exports.

        It has a client of its own: a stream may last long, and no limit of time or rows applies.
        """
        mark = secrets.token_hex(_MARK_BYTES)
        return Blocks(self._blocks(statement, engine_format, mark), partial(self._engine.end_query, mark))

    def _blocks(self, statement: Statement, engine_format: str, mark: str) -> Generator[bytes]:
        with said_plainly():
            client = self._engine.client({**self._settings, "max_execution_time": 0, "max_result_rows": 0})
        blocks = self._engine.stream(client, _marked(statement, mark), statement.parameters, engine_format, mark)
        try:
            with said_plainly():
                yield from blocks
        finally:
            client.close()

    def break_off(self) -> None:
        """Let questions that wait for a server which does not answer fail at once."""
        self._engine.break_off_reading()

    def close(self) -> None:
        """End running queries, then close every client. Nothing else may use the engine meanwhile."""
        self._turns.close()
        self._engine.end_queries()
        self._turns.join()
        self._ending.shutdown()
        for client in self._clients:
            client.close()

    def _drop(self, client: Client) -> None:
        """Let go of this thread's client after a failure, where one may still hold part of an answer."""
        if self._engine.keeps_broken_answers:
            self._local.client = None
            self._clients.remove(client)
            client.close()

    def _client(self) -> Client:
        client: Client | None = getattr(self._local, "client", None)
        if client is None:
            client = self._engine.client(self._settings)
            self._local.client = client
            self._clients.append(client)
        return client


def _look_at(done: "asyncio.Future[Any]") -> None:
    """Take note of a failure: one that nobody has seen, asyncio would report with its trace."""
    if not done.cancelled():
        done.exception()


def _marked(statement: Statement, mark: str) -> str:
    return f"/* {' '.join(filter(None, (statement.tag, mark)))} */ {statement.sql}"


def _give_way() -> None:
    """Let intake go first: this thread, and those the engine starts from it, get what is left of the processors."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
