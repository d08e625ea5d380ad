"""What is asked by those who run the process: is it well, and what does it count."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import bearer_key
from footfall.app.callers import KeyCheck, LocalCaller
from footfall.app.install import Install
from footfall.app.metrics import CONTENT_TYPE, metrics_text
from footfall.errors import NotAllowed
from footfall.spool import damages


def operations_router(install: Install, check_key: KeyCheck) -> APIRouter:
    """Make `/health`, `/ready`, `/metrics`, and what a proxy asks about hosts."""
    router = APIRouter(tags=["operations"], route_class=ShapedErrorRoute)

    def require_owner(key_text: str) -> None:
        caller = check_key(key_text, "admin")
        if not isinstance(caller, LocalCaller) and not install.people.accounts.is_owner(caller.owner_id):
            raise NotAllowed("Only a key of the person who owns this install may ask for this.")

    @router.get("/health")
    async def health() -> dict[str, str]:
        """Tell that the process lives."""
        return {"status": "ok"}

    @router.get("/custom-domain", include_in_schema=False)
    def custom_domain(domain: str = "") -> Response:
        """Tell a proxy that makes certificates as hosts are asked for whether a site has this one."""
        known = domain.lower() in install.sites.by_custom_domain()
        return Response(status_code=204 if known else 404)

    @router.get("/ready")
    async def ready() -> JSONResponse:
        """Tell whether events are taken, how many wait for the store, and whether store and database answer."""
        waiting, _ = await asyncio.to_thread(install.storage.spool.depth)
        answers = await asyncio.to_thread(install.database.answers)
        database = "ok" if answers else "away; events are taken for the sites known, for a day; nobody can sign in"
        store = "failing; events wait in the spool" if install.storage.applier.is_failing else "ok"
        spool = "a damaged file was set aside; see footfall check" if damages(install.settings.data_dir) else "ok"
        state = {"status": "ok", "waiting": waiting, "store": store, "spool": spool, "database": database}
        return JSONResponse(state)

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics(request: Request) -> Response:
        """Tell where events went and what each step costs, for Prometheus.

        Needs the key, with the scope admin, of the person who owns the install: the figures are of all sites.
        """
        await asyncio.to_thread(require_owner, bearer_key(request) or "")
        return Response(await asyncio.to_thread(metrics_text, install), media_type=CONTENT_TYPE)

    return router
