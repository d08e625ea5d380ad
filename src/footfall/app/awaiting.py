"""A start while PostgreSQL is away: wait for it, and say so meanwhile, rather than end.

Which sites there are stands in that database alone, so no event can be taken yet: everything is answered 503, but for
`/health`, which tells that the process lives. Who comes with a browser is told so on a page.
"""

import asyncio
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Router

from footfall.api.errors import ErrorPage, json_error
from footfall.app.listening import keep_for_next, listening
from footfall.collect.http import Receive, Scope, Send
from footfall.errors import DatabaseAway, Unavailable
from footfall.metadata.address import database_url
from footfall.metadata.opening import look_at
from footfall.settings import Settings
from footfall.texts import Phrase
from footfall.web.assets import static_files
from footfall.web.error_pages import error_page
from footfall.web.rendering import page_templates
from footfall.web.security import PageSecurity

log = logging.getLogger(__name__)

_RETRY_SECONDS = 2.0
_TOLD_AGAIN_SECONDS = 60.0
_AWAY = Phrase(
    "Footfall waits for its database of people and sites; nothing is taken or shown before. Try again in a moment."
)


def await_database(settings: Settings) -> bool:
    """Return once the database of ``settings`` answers, and whether it does: not where the process is to end first.

    A file is not waited for: whatever is wrong with it does not pass by itself. Raises SettingsError where the
    settings are wrong.
    """
    if not settings.database_url:
        return True
    database_url(settings)
    try:
        look_at(settings)
    except DatabaseAway as error:
        return asyncio.run(_wait(settings, error.message))
    return True


async def _wait(settings: Settings, reason: str) -> bool:
    with listening(settings.host, settings.port) as listener:
        server = _Server(
            uvicorn.Config(_waiting_app(), lifespan="off", log_config=None, access_log=False, server_header=False)
        )
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signal_number, server.end)
        asking = asyncio.create_task(_ask(settings, reason, server))
        try:
            await server.serve([listener.dup()])  # which it closes
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        if not server.is_ended:
            keep_for_next(listener)
        return not server.is_ended


async def _ask(settings: Settings, reason: str, server: "_Server") -> None:
    """Ask until there is an answer, and let the log say what is wrong: when it changes, and once a minute."""
    began, told_at, told = time.monotonic(), -_TOLD_AGAIN_SECONDS, ""
    while True:
        if reason != told or time.monotonic() - told_at >= _TOLD_AGAIN_SECONDS:
            log.error("waiting for the database of people and sites: %s", reason)
            told_at, told = time.monotonic(), reason
        await asyncio.sleep(_RETRY_SECONDS)
        try:
            await asyncio.to_thread(look_at, settings)
        except DatabaseAway as error:
            reason = error.message
            continue
        log.warning("the database of people and sites answers, after %d s", time.monotonic() - began)
        server.should_exit = True
        return


class _Server(uvicorn.Server):
    """Answers until it is told that the wait is over, or that the process is to end."""

    is_ended = False

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone: they are ours."""
        yield

    def end(self) -> None:
        """Wait no more."""
        self.is_ended = self.should_exit = True


def _waiting_app() -> PageSecurity:
    """What is served meanwhile: that there is nothing yet, and the styles of the page that says so."""
    page = error_page(page_templates())

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _response(Request(scope), page)(scope, receive, send)

    return PageSecurity(Router([Mount("/static", static_files())], default=answer))


def _response(request: Request, page: ErrorPage) -> Response:
    path = request.url.path
    if path == "/health":
        return JSONResponse({"status": "ok"})
    if path == "/ready":
        return JSONResponse({"status": "waiting", "database": "away; nothing is taken before it answers"}, 503)
    is_for_people = "text/html" in request.headers.get("accept", "") and not path.startswith("/api/")
    return page(request, Unavailable(_AWAY)) if is_for_people else json_error(Unavailable(_AWAY))
