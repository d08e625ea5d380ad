"""How often pages were viewed, for anybody: only where a site allows it, and asked of the store once a minute.

Strangers choose the paths, so what they can ask at once, and what is remembered of it, has bounds.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from footfall.api.asking import Asking, Question
from footfall.api.errors import ShapedErrorRoute, headers_of_error
from footfall.domain import Site
from footfall.errors import FootfallError, NotFound, Unavailable
from footfall.query import Answer
from footfall.texts import Words, accepted_words

WHOLE_SITE = "TOTAL"
"""The name that stands for all pages where a path is expected."""

ALL_TIME = "all"
_FOR_ANYBODY = {"access-control-allow-origin": "*", "cache-control": "public, max-age=60", "vary": "Accept-Language"}

_KEPT_MS = 60_000
_MOST_KEPT = 10_000
_MOST_AT_ONCE = 4

Span = str | tuple[str, str]


class Counts(NamedTuple):
    """Views of a page or a site, and the visits they belong to."""

    views: int
    visits: int


class _Asked(NamedTuple):
    at_ms: int
    counts: asyncio.Task[Counts]


class PublicCounts:
    """The counts of sites that allow it; ``clock`` gives UTC milliseconds."""

    def __init__(self, asking: Asking, clock: Callable[[], int]) -> None:
        self._asking = asking
        self._clock = clock
        self._asked: dict[tuple[int, str, Span], _Asked] = {}
        self._under_way = 0

    async def of(self, site: Site, path: str, span: Span = ALL_TIME) -> Counts:
        """The counts of a path, at most a minute old; raises NotFound, InvalidInput, Unavailable."""
        if not site.public_counter:
            raise no_counter()
        key, now_ms = (site.id, path, span), self._clock()
        asked = self._asked.get(key)
        if asked is None or abs(now_ms - asked.at_ms) >= _KEPT_MS:
            asked = self._asked[key] = _Asked(now_ms, self._start(site, path, span))
            self._forget_some()
        try:
            # Shielded: others may wait for the same figure when one of them goes away.
            return await asyncio.shield(asked.counts)
        except Exception:
            self._asked.pop(key, None)
            raise

    def _start(self, site: Site, path: str, span: Span) -> asyncio.Task[Counts]:
        if self._under_way >= _MOST_AT_ONCE:
            raise Unavailable("Too many counts are asked for at this moment; try again in a few seconds.")
        self._under_way += 1
        task = asyncio.create_task(self._count(site, path, span))
        task.add_done_callback(self._end)
        return task

    def _end(self, _: asyncio.Task[Counts]) -> None:
        self._under_way -= 1

    async def _count(self, site: Site, path: str, span: Span) -> Counts:
        return _counts(await self._asking.ask(site, _question(path, span)))

    def _forget_some(self) -> None:
        while len(self._asked) > _MOST_KEPT:
            del self._asked[next(iter(self._asked))]


def no_counter() -> NotFound:
    """The one answer for a site that is not there and for one that shows no counter."""
    return NotFound("There is no public counter here; its owner can switch it on in the settings of the site.")


def public_error(error: FootfallError) -> Response:
    """An error as text, readable from every origin."""
    headers = headers_of_error(error) | {"access-control-allow-origin": "*"}
    return JSONResponse({"error": error.message}, error.status, headers)


def words_for_anybody(request: Request) -> Words:
    """Those the address asks for with `lang`, else those of the browser that shows the count."""
    return accepted_words(request.headers.get("accept-language", ""), request.query_params.get("lang", ""))


def headers_for_anybody(words: Words) -> dict[str, str]:
    """Anybody may read it from any page, and keep it for a minute."""
    return _FOR_ANYBODY | {"content-language": words.tag}


class PublicRoute(ShapedErrorRoute):
    """A route that anybody may read."""

    shape = staticmethod(public_error)


def path_and_ending(text: str) -> tuple[str, str]:
    """What is counted and the ending after its last dot: `blog/a.svg` is the page `/blog/a` as `svg`."""
    name, _, ending = text.rpartition(".")
    return (name if name == WHOLE_SITE else f"/{name.removeprefix('/')}"), ending


def _question(path: str, span: Span) -> Question:
    question: Question = {"metrics": ["pageviews", "visits"], "date_range": span if span == ALL_TIME else list(span)}
    return question if path == WHOLE_SITE else question | {"filters": [["is", "event:page", [path]]]}


def _counts(answer: Answer) -> Counts:
    views, visits = answer.rows[0].metrics
    return Counts(int(views or 0), int(visits or 0))
