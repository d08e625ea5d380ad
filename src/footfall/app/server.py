"""Serving an install over HTTP, in this very process: the embedded store allows no second one."""

import asyncio
import gc
import logging
import signal
import sys

from granian.constants import Interfaces
from granian.server.embed import Server

from footfall.app.install import Install
from footfall.app.jobs import run_jobs
from footfall.app.web import web_app
from footfall.collect.asgi import App
from footfall.errors import SettingsError

_BACKLOG = 2048
_PATIENCE_SECONDS = 2.0
_ANSWER_SECONDS = 0.5  # lets the request that asked for the restart be answered


def serve(install: Install, *, setup_code: str = "", announce: str = "") -> None:
    """Serve until SIGTERM or SIGINT; what was acknowledged is stored before this returns.

    ``setup_code`` lets the owner make the first account from another machine.
    """
    settings = install.settings
    for noisy in ("_granian", "granian"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    app = web_app(install, setup_code=setup_code)
    _spare_the_collector()
    asyncio.run(_serve(install, app, settings.host, settings.port, announce))


async def _serve(install: Install, app: App, host: str, port: int, announce: str) -> None:
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        backlog=_BACKLOG,
        log_access=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, _stop, install, server)
    url = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 - compared, not bound
    install.lock.tell(url)
    background = (
        asyncio.create_task(run_jobs(install.jobs)),
        asyncio.create_task(_stop_for_restart(install, server)),
    )
    if announce:
        print(announce, file=sys.stderr, flush=True)
    try:
        await server.serve()
    except OSError as error:
        raise SettingsError(f"Port {port} of {host} cannot be opened; choose another with --port.") from error
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)


def _stop(install: Install, server: Server) -> None:
    """Let requests under way end; those that wait for a store which does not answer are not waited for."""
    server.stop()  # type: ignore[no-untyped-call]
    asyncio.get_running_loop().call_later(_PATIENCE_SECONDS, install.reader.break_off)


def _spare_the_collector() -> None:
    """Look for cyclic garbage rarely: walking what the rooms hold costs intake 40 % of its time, and finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


async def _stop_for_restart(install: Install, server: Server) -> None:
    await install.restart.wait()
    await asyncio.sleep(_ANSWER_SECONDS)
    server.stop()  # type: ignore[no-untyped-call]
