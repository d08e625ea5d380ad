"""Serving an install over HTTP, in this very process: the embedded store allows no second one."""

import asyncio
import contextlib
import logging
import signal
import sys

from granian.constants import Interfaces
from granian.server.embed import Server

from footfall.app.install import Install
from footfall.app.jobs import run_jobs
from footfall.app.web import web_app
from footfall.errors import SettingsError

_BACKLOG = 2048


def serve(install: Install, *, announce: str = "") -> None:
    """Serve until SIGTERM or SIGINT; what was acknowledged is stored before this returns."""
    settings = install.settings
    for noisy in ("_granian", "granian"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    asyncio.run(_serve(install, settings.host, settings.port, announce))


async def _serve(install: Install, host: str, port: int, announce: str) -> None:
    server = Server(
        web_app(install),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        backlog=_BACKLOG,
        log_access=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, server.stop)
    url = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 - compared, not bound
    install.lock.tell(url)
    jobs = asyncio.create_task(run_jobs(install.jobs))
    if announce:
        print(announce, file=sys.stderr, flush=True)  # noqa: T201 - the console is where this belongs
    try:
        await server.serve()
    except OSError as error:
        raise SettingsError(f"Port {port} of {host} cannot be opened; choose another with --port.") from error
    finally:
        jobs.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await jobs
