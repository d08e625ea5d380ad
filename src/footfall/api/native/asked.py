"""What the caller asked, as values, and what a report makes of it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.query import Answer, DateRange, Vocabulary, ask
from footfall.sites import RegisteredProperty
from footfall.store import Reader

_JSON_PATH = re.compile(r"#/(\w+)[^:\s]*: ")
_PARAMETER_OF = {"date_range": "period", "filters": "filter", "order_by": "sort", "dimensions": "interval"}

Row = dict[str, Any]
QueryFilter = list[Any]


@dataclass(frozen=True)
class Asked:
    """The parameters of a request, read and with their defaults."""

    date_range: str | list[str] = "28d"
    filters: tuple[QueryFilter, ...] = ()
    metrics: tuple[str, ...] = ()  # none: those of the report
    sort: str = ""
    limit: int = 100
    page: int = 1
    has_comparison: bool = False
    interval: str = ""  # none: chosen by the length of the range
    property_key: str = ""
    adds_imports: bool = False

    @property
    def offset(self) -> int:
        """How many rows come before the page."""
        return (self.page - 1) * self.limit


class Answers(NamedTuple):
    """Where a report gets its answers: one site at one moment."""

    reader: Reader
    site: Site
    now: datetime
    vocabulary: Vocabulary
    visitor_name: Callable[[int], str]
    properties: Callable[[], list[RegisteredProperty]]
    tables: set[str]
    """Those that answers so far were read from."""
    imports_skipped: set[str]
    """Why imported data were left out of any of them."""

    async def ask(self, asked: Asked, metrics: tuple[str, ...], **more: Any) -> Answer:
        """Put a question of the query room."""
        question = {"metrics": list(metrics), "date_range": asked.date_range, "filters": list(asked.filters), **more}
        if asked.adds_imports:
            question["include"] = {**question.get("include", {}), "imports": True}
        try:
            answer = await ask(self.reader, self.site, question, self.now, self.vocabulary)
        except InvalidInput as error:
            raise in_own_words(error) from error
        self.tables.update(answer.tables)
        if answer.imports_skipped:
            self.imports_skipped.add(answer.imports_skipped)
        return answer


def in_own_words(error: InvalidInput) -> InvalidInput:
    """The query room names parts of its JSON; callers of this API sent parameters."""
    path = _JSON_PATH.match(error.message)
    field = error.field or (path[1] if path else None)
    return InvalidInput(_JSON_PATH.sub("", error.message, count=1), field=_PARAMETER_OF.get(field or "", field))


@dataclass(frozen=True)
class Table:
    """The rows of one page; ``compared_with`` is the range of the figures before."""

    rows: list[Row]
    range: DateRange
    total_rows: int
    compared_with: DateRange | None = None


RowsOf = Callable[[Answers, "Report", Asked], Awaitable[Table]]
"""How a report comes to its rows."""


@dataclass(frozen=True)
class Report:
    """One report: `fields` name what its rows are about, and stand for `dimensions` in this order."""

    name: str
    title: str
    rows: RowsOf
    fields: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ("visitors", "visits", "bounce_rate", "visit_duration")
    only: tuple[QueryFilter, ...] = ()
    takes: tuple[str, ...] = ()
