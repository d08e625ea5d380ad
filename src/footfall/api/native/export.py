"""`/api/v1/sites/PUBLIC_ID/export/…`: raw rows of a site as a file, streamed however many there are."""

from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse

from footfall.api.native.asked import Answers
from footfall.api.native.parameters import PARAMETERS, read_exported, read_format
from footfall.api.streamed import StreamedResponse, passed_on
from footfall.domain import Site
from footfall.errors import TooManyRequests
from footfall.query import RAW_FORMATS, RAW_TABLES, raw_rows

ROWS_HEADER = "Footfall-Rows"
"""How many rows the file will have, counted before it begins: what a progress bar needs."""

PER_SITE, AT_ONCE = 2, 4
_RETRY_SECONDS = 30
_TAKES = {"events": ("period", "from", "to", "filter", "format"), "crawler-views": ("period", "from", "to", "format")}
TITLES = {"events": "Raw events, oldest first", "crawler-views": "Raw views by machines, oldest first"}
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def export_router(
    answers_of: Callable[[Request, str], Awaitable[Answers]], note: Callable[[Site, str], None], **options: Any
) -> APIRouter:
    """Make the routes; ``answers_of`` checks the caller, ``note`` is told each export that begins.

    ``options`` are those of the router of reports.
    """
    router, running = APIRouter(**options), _Running()
    for name in RAW_TABLES:
        router.add_api_route(
            f"/export/{name}",
            _endpoint(name, answers_of, note, running),
            name=f"export {name}",
            summary=TITLES[name],
            response_class=StreamingResponse,
            openapi_extra=_described(name),
        )
    return router


def _endpoint(
    name: str,
    answers_of: Callable[[Request, str], Awaitable[Answers]],
    note: Callable[[Site, str], None],
    running: "_Running",
) -> Callable[[Request, str], Awaitable[Response]]:
    async def endpoint(request: Request, public_id: str) -> Response:
        answers = await answers_of(request, public_id)
        given = request.query_params.multi_items()
        asked, form = read_exported(given, _TAKES[name]), read_format(given, tuple(RAW_FORMATS))
        counted = await answers.ask(asked, ("events",))
        site, filters, hidden = answers.site, counted.question.filters, answers.vocabulary.hidden
        found = await raw_rows(answers.reader, site, RAW_TABLES[name], counted.range, filters, form, hidden)
        blocks = running.streamed(site.id, found.blocks)
        first = await anext(blocks, b"")  # so that a failure is still told as one
        await run_in_threadpool(note, site, name)
        headers = {
            ROWS_HEADER: str(found.total),
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{name}.{form}"',
        }
        return StreamedResponse(_again(first, blocks), media_type=_TYPES[form], headers=headers)

    return endpoint


class _Running:
    """The exports under way: each holds the memory of a query for as long as its caller takes to read it."""

    def __init__(self) -> None:
        self._by_site: Counter[int] = Counter()

    async def streamed(self, site_id: int, blocks: Iterator[bytes]) -> AsyncGenerator[bytes]:
        """Pass the blocks on; raises TooManyRequests where too many are under way."""
        with self._counted(site_id):
            async with aclosing(passed_on(blocks)) as passed:
                async for block in passed:
                    yield block

    @contextmanager
    def _counted(self, site_id: int) -> Iterator[None]:
        if self._by_site[site_id] >= PER_SITE or self._by_site.total() >= AT_ONCE:
            raise TooManyRequests(
                "Other exports are still running; try again when one has ended.", retry_after_seconds=_RETRY_SECONDS
            )
        self._by_site[site_id] += 1
        try:
            yield
        finally:
            self._by_site[site_id] -= 1


async def _again(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    async with aclosing(rest):
        yield first
        async for block in rest:
            yield block


def _described(name: str) -> dict[str, Any]:
    """The parameters of the operation, which FastAPI cannot know."""
    rows = [PARAMETERS[one] for one in _TAKES[name]]
    format_schema = {"type": "string", "enum": [*RAW_FORMATS], "default": "csv"}
    return {
        "parameters": [
            {
                "name": row.name,
                "in": "query",
                "description": "format of the file" if row.name == "format" else row.text,
                "schema": format_schema if row.name == "format" else row.schema,
                "example": row.example,
            }
            for row in rows
        ],
    }
