"""`POST /api/v2/query`: Plausible's stats API, with its way of telling errors.

Finds the site, asks whether the caller may read it, and leaves the question itself to the query room.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from footfall.api.errors import TextErrorRoute
from footfall.domain import Site
from footfall.errors import InvalidInput, NotSignedIn, TooLarge
from footfall.query import Vocabulary, ask, query_schema, v2_json
from footfall.store import Reader

SCOPE = "stats:read"
_MAX_BYTES = 1_000_000

_NO_SITE_ID = "Missing site ID. Please provide the required site_id parameter with your request."
_NO_SUCH_SITE = (
    "Invalid API key or site ID."
    " Please make sure you're using a valid API key with access to the site you've requested."
)


class Sites(Protocol):
    """Where sites are looked up."""

    def by_domain(self, domain: str) -> Site | None:
        """Find a site by its domain."""

    def by_public_id(self, public_id: str) -> Site | None:
        """Find a site by the id in its snippet."""


Authorize = Callable[[Request, str, Site], int | None]
"""Raises NotSignedIn or NotAllowed unless the caller has the scope for the site; tells the person who calls."""

VocabularyOf = Callable[[Site, int | None], Vocabulary]
"""What this person may name in a question about the site."""


def query_router(
    reader: Reader, sites: Sites, authorize: Authorize, clock: Callable[[], int], vocabulary_of: VocabularyOf
) -> APIRouter:
    """Build the route; ``clock`` tells the time in UTC milliseconds."""
    router = APIRouter(tags=["stats"], route_class=TextErrorRoute)

    async def answer(request: Request) -> JSONResponse:
        payload = await _read_body(request)
        site_id = _site_id(payload)
        site = _find_site(sites, site_id)
        user_id = await run_in_threadpool(authorize, request, SCOPE, site)
        vocabulary = await run_in_threadpool(vocabulary_of, site, user_id)
        question = {key: value for key, value in payload.items() if key != "site_id"}
        now = datetime.fromtimestamp(clock() / 1000, UTC)
        answered = await ask(reader, site, question, now, vocabulary)
        return JSONResponse(v2_json(answered, site_id), headers={"Footfall-Tables": ", ".join(answered.tables)})

    @router.post("/api/v2/query")
    async def query(request: Request) -> JSONResponse:
        """Ask for metrics, broken down by dimensions, over a range of time."""
        return await answer(request)

    # Made once, for it never changes; Plausible's clients look for it under the second path.
    schema = query_schema()

    @router.get("/api/v2/query/schema.json")
    @router.get("/api/docs/query/schema.json")
    async def query_schema_json() -> dict[str, Any]:
        """Tell what a query looks like, as a JSON Schema."""
        return schema

    return router


async def _read_body(request: Request) -> dict[str, Any]:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MAX_BYTES:
            raise TooLarge(f"The body may have at most {_MAX_BYTES:,} bytes.")
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidInput("The body is no JSON; send the query as a JSON object.") from None
    if not isinstance(payload, dict):
        raise InvalidInput("#: Type mismatch. Expected Object.")
    return payload


def _site_id(payload: dict[str, Any]) -> str:
    site_id = payload.get("site_id")
    if not isinstance(site_id, str) or not site_id:
        raise InvalidInput(_NO_SITE_ID, field="site_id")
    return site_id


def _find_site(sites: Sites, site_id: str) -> Site:
    site = sites.by_domain(site_id) or sites.by_public_id(site_id)
    if site is None:
        raise NotSignedIn(_NO_SUCH_SITE)
    return site
