"""How reports ask: a question is the body of a v2 query, bound to one site and one moment."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from footfall.query import Answer, DateRange, PropertyKey
from footfall.query.crawlers import CrawlerFigures

Question = dict[str, Any]
Ask = Callable[[Question], Awaitable[Answer]]


@dataclass(frozen=True)
class Asking:
    """Whom reports ask: for figures, for the keys of properties (question, limit, offset), for crawlers of a range.

    ``segments`` are the filters of those that may be named.
    """

    ask: Ask
    property_keys: Callable[[Question, int, int], Awaitable[list[PropertyKey]]]
    crawlers: Callable[[str | list[str]], Awaitable[list[CrawlerFigures]]]
    segments: Mapping[int, list[Any]] = field(default_factory=dict)


def exact_range(span: DateRange) -> list[str]:
    """A range as the two moments queries take, the last one included."""
    last_at = span.end_at.timestamp() - 1
    return [span.first_at.isoformat(), span.end_at.fromtimestamp(last_at, tz=span.end_at.tzinfo).isoformat()]
