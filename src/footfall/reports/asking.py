"""How reports ask: a question is the body of a v2 query, bound to one site and one moment."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from footfall.query import Answer, DateRange, PropertyKey
from footfall.query.crawlers import CrawlerFigures

Question = dict[str, Any]
Ask = Callable[[Question], Awaitable[Answer]]


@dataclass(frozen=True)
class Asking:
    """Whom reports ask: for figures, for the keys of properties (question, limit, offset), for crawlers of a range.

    ``segments`` are the filters of those that may be named; ``has_goals`` tells whether the site has any.
    """

    ask: Ask
    property_keys: Callable[[Question, int, int], Awaitable[list[PropertyKey]]]
    crawlers: Callable[[str | list[str]], Awaitable[list[CrawlerFigures]]]
    segments: Mapping[int, list[Any]] = field(default_factory=dict)
    has_goals: bool = True


def asked_once(ask: Ask) -> Ask:
    """Ask each question once, however many parts of a page want its answer."""
    answers: dict[bytes, asyncio.Future[Answer]] = {}

    async def once(question: Question) -> Answer:
        name = msgspec.json.encode(question, order="sorted")
        if name not in answers:
            answers[name] = asyncio.ensure_future(ask(question))
        return await answers[name]

    return once


def exact_range(span: DateRange) -> list[str]:
    """A range as the two moments queries take, the last one included."""
    last_at = span.end_at.timestamp() - 1
    return [span.first_at.isoformat(), span.end_at.fromtimestamp(last_at, tz=span.end_at.tzinfo).isoformat()]
