"""How reports ask: a question is the body of a v2 query, bound to one site and one moment."""

from collections.abc import Awaitable, Callable
from typing import Any

from footfall.query import Answer, DateRange

Question = dict[str, Any]
Ask = Callable[[Question], Awaitable[Answer]]


def exact_range(span: DateRange) -> list[str]:
    """A range as the two moments queries take, the last one included."""
    last_at = span.end_at.timestamp() - 1
    return [span.first_at.isoformat(), span.end_at.fromtimestamp(last_at, tz=span.end_at.tzinfo).isoformat()]
