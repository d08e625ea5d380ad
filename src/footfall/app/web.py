"""The one ASGI application: intake first, then API and pages."""

import asyncio
from hmac import compare_digest
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from footfall import __version__
from footfall.app.control import control_router
from footfall.app.install import Install
from footfall.collect.asgi import App, CollectApp
from footfall.collect.doors import Caller, Doors
from footfall.domain import Site


class LocalCaller:
    """The command line on this machine: it may use every site."""

    def may_use(self, site_id: int) -> bool:
        """Tell yes."""
        return True


def web_app(install: Install, *, setup_code: str = "") -> App:
    """Build the application of an open install."""
    pages = FastAPI(title="Footfall", version=__version__, docs_url=None, redoc_url=None)
    pages.include_router(control_router(install))
    _add_health(pages, install)

    def check_key(key_text: str, scope: str) -> Caller:
        if compare_digest(key_text.encode(), install.secrets.local_token.encode()):
            return LocalCaller()
        return install.keys.check(key_text, scope)

    doors = Doors(install.intake, install.sites, install.applier, check_key=check_key, proxies=install.proxies)
    return CollectApp(doors, pages)


def _add_health(pages: FastAPI, install: Install) -> None:
    @pages.get("/health", tags=["operations"])
    async def health() -> dict[str, str]:
        """Tell that the process lives."""
        return {"status": "ok"}

    @pages.get("/ready", tags=["operations"])
    async def ready() -> JSONResponse:
        """Tell whether events are taken: the spool can be written."""
        try:
            waiting, _ = await asyncio.to_thread(install.spool.depth)
        except OSError:
            return JSONResponse({"status": "the spool cannot be read"}, status_code=503)
        return JSONResponse({"status": "ok", "waiting": waiting, "store": _store_state(install)})


def _store_state(install: Install) -> str:
    return "failing; events wait in the spool" if install.applier.is_failing else "ok"


def has_events(install: Install) -> Any:
    """Tell whether a site has any event, for the page that waits for the first."""
    from footfall.store import Statement  # noqa: PLC0415

    async def look(site: Site) -> bool:
        sql = "SELECT 1 FROM events WHERE site_id = {site:UInt32} LIMIT 1"
        return bool(await install.reader.ask(Statement("web.has_events", sql, {"site": site.id})))

    return look
