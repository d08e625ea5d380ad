"""The routes of reports: one for each row of the table."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Protocol

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse

from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import OWN_WORDS, bearer_key
from footfall.api.native.asked import Answers, Asked, Report, Table
from footfall.api.native.export import export_router
from footfall.api.native.files import csv_lines, parquet_blocks
from footfall.api.native.openapi import described
from footfall.api.native.parameters import read_asked, read_format
from footfall.api.native.reports import REPORTS
from footfall.api.query import VocabularyOf
from footfall.api.rate import KeyRate
from footfall.domain import Site
from footfall.errors import NotFound, NotSignedIn
from footfall.query import DateRange, Vocabulary
from footfall.realtime import FriendlyNames
from footfall.sites import EventRegistry, SiteDirectory
from footfall.store import Reader

SCOPE = "stats:read"


class Caller(Protocol):
    """Whoever shows a key."""

    @property
    def owner_id(self) -> int | None:
        """The person, whose segments may be named; None where there is none."""

    def may_use(self, site_id: int) -> bool:
        """Tell whether the key reaches this site."""


def reports_router(
    *,
    reader: Reader,
    sites: SiteDirectory,
    vocabulary_of: VocabularyOf,
    registry: EventRegistry,
    names: FriendlyNames,
    check_key: Callable[[str, str], Caller],
    clock: Callable[[], int],
    rate: KeyRate,
    note_export: Callable[[Site, str], None],
) -> APIRouter:
    """Make the routes; ``check_key`` takes a key's text and a scope, ``clock`` tells the time in UTC milliseconds.

    ``note_export`` is told each export of raw rows.
    """
    options: dict[str, Any] = {"route_class": ShapedErrorRoute}
    router = APIRouter(prefix="/api/v1/sites/{public_id}", tags=["reports"], **options)

    async def answers(request: Request, public_id: str) -> Answers:
        site, vocabulary = await run_in_threadpool(look_up, request, public_id)
        now = datetime.fromtimestamp(clock() / 1000, UTC)
        return Answers(reader, site, now, vocabulary, names.of, partial(registry.properties, site.id), set(), set())

    def look_up(request: Request, public_id: str) -> tuple[Site, Vocabulary]:
        site, caller = _site_of_caller(request, public_id, sites, check_key)
        rate.count(request)
        return site, vocabulary_of(site, caller.owner_id)

    for report in REPORTS.values():
        router.add_api_route(
            f"/{report.name}",
            _endpoint(report, answers),
            name=report.name,
            summary=report.title,
            openapi_extra=described(report),
        )
    router.include_router(export_router(answers, note_export, **options))
    return router


def _endpoint(
    report: Report, answers_of: Callable[[Request, str], Awaitable[Answers]]
) -> Callable[[Request, str], Awaitable[Response]]:
    async def endpoint(request: Request, public_id: str) -> Response:
        answers = await answers_of(request, public_id)
        given = request.query_params.multi_items()
        asked, wanted = read_asked(given, report), read_format(given)
        response = _WRITTEN[wanted](answers, report, asked, await report.rows(answers, report, asked))
        response.headers["Footfall-Tables"] = ", ".join(sorted(answers.tables))
        return response

    return endpoint


def _site_of_caller(
    request: Request, public_id: str, sites: SiteDirectory, check_key: Callable[[str, str], Caller]
) -> tuple[Site, Caller]:
    key = bearer_key(request)
    if key is None:
        raise NotSignedIn(OWN_WORDS.missing)
    caller = check_key(key, SCOPE)
    site = sites.by_public_id(public_id) or sites.by_domain(public_id)
    if site is None or not caller.may_use(site.id):
        raise NotFound("Site could not be found", field="site_id")
    return site, caller


def _as_json(answers: Answers, report: Report, asked: Asked, table: Table) -> Response:
    meta: dict[str, Any] = {
        **_ends(table.range),
        "timezone": table.range.zone.key,
        "page": asked.page,
        "limit": asked.limit,
        "total_rows": table.total_rows,
    }
    if asked.adds_imports:
        meta["imports_included"] = not answers.imports_skipped
    if answers.imports_skipped:
        meta["imports_skip_reason"] = min(answers.imports_skipped)
    if table.compared_with is not None:
        meta["compared_with"] = _ends(table.compared_with)
    return JSONResponse({"results": table.rows, "meta": meta}, headers=_NOT_KEPT)


def _as_csv(answers: Answers, report: Report, asked: Asked, table: Table) -> Response:
    lines = csv_lines(_columns(report, asked), table.rows)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=_file(f"{report.name}.csv"))


def _as_parquet(answers: Answers, report: Report, asked: Asked, table: Table) -> Response:
    blocks = parquet_blocks(answers.reader, _columns(report, asked), table.rows)
    return StreamingResponse(blocks, media_type=_PARQUET, headers=_file(f"{report.name}.parquet"))


_PARQUET = "application/vnd.apache.parquet"
_NOT_KEPT = {"cache-control": "no-store"}
_WRITTEN: dict[str, Callable[[Answers, Report, Asked, Table], Response]] = {
    "json": _as_json,
    "csv": _as_csv,
    "parquet": _as_parquet,
}


def _columns(report: Report, asked: Asked) -> list[str]:
    return [*report.fields, *(asked.metrics or report.metrics)]


def _file(name: str) -> dict[str, str]:
    return _NOT_KEPT | {"content-disposition": f'attachment; filename="{name}"'}


def _ends(span: DateRange) -> dict[str, str]:
    """First and last second, on the site's clock."""
    ends = {"from": span.first_at, "to": span.end_at - timedelta(seconds=1)}
    return {name: moment.astimezone(span.zone).isoformat(timespec="seconds") for name, moment in ends.items()}
