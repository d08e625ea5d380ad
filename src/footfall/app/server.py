"""Serving an install over HTTP, in this very process: the embedded store allows no second one."""

import asyncio
import gc
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

import uvicorn
import uvloop
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from footfall.app.collector import spare_what_is_there
from footfall.app.install import Install
from footfall.app.jobs import run_jobs
from footfall.app.listening import keep_for_next, listening
from footfall.app.upkeep import jobs_of
from footfall.app.web import web_app
from footfall.collect.asgi import CollectApp
from footfall.collect.connection import IntakeConnection, Lane, TimedConnection
from footfall.store import give_back_program

_REQUEST_SECONDS = 30  # how long a request for a page may take to arrive
_MESSAGE_BYTES = 1_024  # who watches live says nothing
_ANSWER_SECONDS = 0.5  # lets the request that asked for the restart be answered
_DRAIN_SECONDS = 5  # at the end, how long requests under way may take
_STORE_SECONDS = 2  # at the end, how long a store on a server may take to answer


def serve(install: Install, *, setup_code: str = "", announce: str = "") -> None:
    """Serve until SIGTERM or SIGINT, or SIGHUP to start anew; what was acknowledged is stored before this returns.

    ``setup_code`` lets the owner make the first account from another machine.
    """
    app = web_app(install, setup_code=setup_code)
    _spare_the_collector()
    give_back_program()
    _allow_many_connections()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(install, app, announce))


async def _serve(install: Install, app: CollectApp, announce: str) -> None:
    host, port = install.settings.host, install.settings.port
    server = _Server(app, host, port, before_draining=install.live.close)
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, _stop, install, server)
    if sys.stdin is not None and sys.stdin.isatty():
        loop.add_signal_handler(signal.SIGHUP, _stop, install, server)  # its terminal was closed
    else:
        loop.add_signal_handler(signal.SIGHUP, install.restart.set)
    url = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 - compared, not bound
    install.lock.tell(url)
    with listening(host, port) as listener:
        background = (
            asyncio.create_task(run_jobs(jobs_of(install))),
            asyncio.create_task(_stop_for_restart(install, server, listener)),
            asyncio.create_task(_tick(server.lane)),
        )
        try:
            if announce:
                print(announce, file=sys.stderr, flush=True)
            await server.serve([listener])
        finally:
            for task in background:
                task.cancel()
            await asyncio.gather(*background, return_exceptions=True)


def _stop(install: Install, server: "_Server") -> None:
    """Let requests under way end; those that wait for a store which does not answer are not waited for."""
    server.stop()
    asyncio.get_running_loop().call_later(_STORE_SECONDS, install.storage.reader.break_off)


class _Server(uvicorn.Server):
    """Serves intake's connections itself and hands the others to uvicorn; signals are ours."""

    def __init__(self, app: CollectApp, host: str, port: int, before_draining: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            http=cast(type[asyncio.Protocol], self._connection),
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="warning",  # below that, it logs the address of everybody who opens a WebSocket
            access_log=False,
            proxy_headers=False,
            server_header=False,
            ws="websockets-sansio",
            ws_max_size=_MESSAGE_BYTES,
            ws_per_message_deflate=False,  # 64 kB of memory for each listener, and messages are small
            timeout_graceful_shutdown=_DRAIN_SECONDS,
        )
        super().__init__(config)
        self._before_draining = before_draining
        self.lane = Lane(app, self.server_state.connections, self._hand_over)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield

    def stop(self) -> None:
        """End once what is under way is answered; what would never end by itself is ended now."""
        self._before_draining()
        self.should_exit = True

    def _connection(self, **_: Any) -> IntakeConnection:
        return IntakeConnection(self.lane)

    def _hand_over(self) -> "_PageConnection":
        return _PageConnection(self.lane, self.config, self.server_state)


class _PageConnection(HttpToolsProtocol, TimedConnection):
    """A connection to the pages. Uvicorn itself would wait for the rest of a request for ever."""

    def __init__(self, lane: Lane, config: uvicorn.Config, state: ServerState) -> None:
        super().__init__(config, state, app_state={})
        self._lane = lane
        self._began: int | None = None  # when the request that is arriving began

    def data_received(self, data: bytes) -> None:
        """Take the next bytes."""
        if self._began is None:
            self._began = self._lane.seconds
        super().data_received(data)

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self._began = None
        super().on_message_complete()

    def check_time(self, seconds: int) -> None:
        """Close when the client takes too long over a request."""
        if self._began is not None and seconds - self._began > _REQUEST_SECONDS:
            self.transport.close()


def _spare_the_collector() -> None:
    """Look for cyclic garbage rarely: walking what the rooms hold costs intake 40 % of its time, and finds nothing."""
    gc.collect()
    spare_what_is_there()


def _allow_many_connections() -> None:
    """Shells often allow 1,024 open files where the system would give a million."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _tick(lane: Lane) -> None:
    while True:
        await asyncio.sleep(1)
        lane.tick()


async def _stop_for_restart(install: Install, server: _Server, listener: socket.socket) -> None:
    await install.restart.wait()
    await asyncio.sleep(_ANSWER_SECONDS)
    keep_for_next(listener)
    server.stop()
