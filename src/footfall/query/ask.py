"""Asking: the only place of this room that waits for the engine."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from clickhouse_connect.driver.exceptions import DatabaseError

from footfall.domain import Site
from footfall.domain.calendar import date_of
from footfall.errors import InvalidInput
from footfall.query.bindings import Bindings
from footfall.query.compared_ranges import compared_range
from footfall.query.comparisons import compared_plan, dense_rows, is_dense, whole_plan
from footfall.query.compile import compile_plan
from footfall.query.dates import DateRange, in_ms, resolve_date_range, trimmed
from footfall.query.first_day import first_day
from footfall.query.imports import with_imports
from footfall.query.parse import parse
from footfall.query.plan import Plan, make_plan
from footfall.query.question import ComparedWith, Question, comparisons
from footfall.query.reaching import reaching_of, reaching_visits
from footfall.query.shape import Answer, shape, shape_compared, shape_with_total
from footfall.query.vocabulary import NOTHING_NAMED, Vocabulary
from footfall.store import Reader, Statement, closed_days, imported_span, span_of, state_of_days

_CANNOT_COMPILE_REGEXP = 427
_CURRENT = timedelta(minutes=5)


async def ask(
    reader: Reader,
    site: Site,
    payload: dict[str, Any],
    now: datetime,
    vocabulary: Vocabulary = NOTHING_NAMED,
    *,
    reads_rollups: bool = True,
) -> Answer:
    """Answer a v2 body (its site_id taken out); raises InvalidInput, QueryTooHeavy.

    Without ``reads_rollups`` all of the range is read live, which gives the same answer.
    """
    plan = await plan_of(reader, site, payload, now, vocabulary, reads_rollups=reads_rollups)
    comparisons_wanted = plan.question.include.comparisons
    if comparisons_wanted is not None:
        return await _ask_beside(reader, site, plan, comparisons_wanted, now)
    rows = await _run(reader, site, plan)
    return shape(plan, rows, await _total_rows(reader, site, plan, rows))


async def ask_over_time(
    reader: Reader, site: Site, payload: dict[str, Any], now: datetime, vocabulary: Vocabulary = NOTHING_NAMED
) -> tuple[Answer, Answer]:
    """What a body with one dimension of time comes to in all, as ``ask`` tells it without that, and its rows.

    Most of what a question costs is that the engine reads it, so where rollups have the answer both are one statement.
    """
    plan = await plan_of(reader, site, payload, now, vocabulary)
    if plan.can_total:
        plan = replace(plan, has_total=True)
        total, steps = shape_with_total(plan, await _run(reader, site, plan))
        if total is not None:
            return total, steps
    return await asyncio.gather(
        ask(reader, site, total_question(payload), now, vocabulary), ask(reader, site, payload, now, vocabulary)
    )


def total_question(payload: dict[str, Any]) -> dict[str, Any]:
    """The body of a question over time without its time."""
    include = {key: value for key, value in payload.get("include", {}).items() if key != "time_labels"}
    kept = {key: value for key, value in payload.items() if key in ("metrics", "date_range", "filters")}
    return kept | ({"include": include} if include else {})


async def plan_of(
    reader: Reader,
    site: Site,
    payload: dict[str, Any],
    now: datetime,
    vocabulary: Vocabulary = NOTHING_NAMED,
    *,
    reads_rollups: bool = True,
) -> Plan:
    """Decide how ``ask`` would answer; raises InvalidInput."""
    question = parse(payload, vocabulary)
    await _check_patterns(reader, site, question)
    plan = make_plan(question, await _range(reader, site, question, now), site.week_start.weekday)
    if not reads_rollups:
        return await _beside_imports(reader, site, plan)
    beside, rolled = await asyncio.gather(_beside_imports(reader, site, plan), _over_closed_days(reader, site, plan))
    return replace(beside, rolled=rolled.rolled)


async def _beside_imports(reader: Reader, site: Site, plan: Plan) -> Plan:
    if not plan.question.include.imports:
        return plan
    return with_imports(plan, span_of(await reader.ask_shared(imported_span(site))))


async def _over_closed_days(reader: Reader, site: Site, plan: Plan) -> Plan:
    if not plan.wants_closed_days:
        return plan
    over = plan.over(closed_days(await reader.ask_shared(state_of_days(site.id)), site))
    if over.rolled is None or not over.wants_reaching:
        return over
    reaching = reaching_of(await reader.ask_shared(reaching_visits(site, plan.range)))
    return replace(over, rolled=replace(over.rolled, reaching=reaching))


async def _ask_beside(reader: Reader, site: Site, plan: Plan, wanted: ComparedWith, now: datetime) -> Answer:
    """The answer, with the rows of the range that it is compared with."""
    other_range = compared_range(wanted, plan.range, site, now)
    rows, total_rows = await _rows(reader, site, plan)
    other = compared_plan(plan, rows, other_range)
    other = await _beside_imports(reader, site, other)
    if plan.rolled is not None:
        other = await _over_closed_days(reader, site, other)
    other_rows = await reader.ask(compile_plan(other, site)) if rows else []
    return shape_compared(shape(plan, rows, total_rows), plan, rows, other, other_rows)


async def _rows(reader: Reader, site: Site, plan: Plan) -> tuple[list[tuple[Any, ...]], int]:
    """The rows to be compared, and the number of all of them."""
    if not is_dense(plan.question):
        rows = await _run(reader, site, plan)
        return rows, await _total_rows(reader, site, plan, rows)
    rows = dense_rows(plan, await _run(reader, site, whole_plan(plan)))
    return rows[plan.question.offset :][: plan.question.limit], len(rows)


async def _run(reader: Reader, site: Site, plan: Plan) -> list[tuple[Any, ...]]:
    """The rows; a site without goals has none by goal, and nobody needs to read all its events to know."""
    return [] if plan.has_no_rows else await reader.ask(compile_plan(plan, site))


async def current_visitors(reader: Reader, site: Site, now: datetime) -> int:
    """Distinct visitors with an event, engagement aside, in the last 5 minutes."""
    return (await current_visitors_of(reader, [site], now))[site.id]


async def current_visitors_of(reader: Reader, sites: Sequence[Site], now: datetime) -> dict[int, int]:
    """The same of several sites at once, by their numbers."""
    days = [day for site in sites for day in site.days_stored(*DateRange(now - _CURRENT, now, site.zone).local_days)]
    bindings = Bindings()
    numbers = bindings.bind("Array(UInt32)", [site.id for site in sites])
    rows = await reader.ask(
        Statement(
            "query.current_visitors",
            f"SELECT site_id, uniqExact(visitor_id) FROM events WHERE site_id IN {numbers}"
            f" AND local_day BETWEEN {bindings.day(min(days))} AND {bindings.day(max(days))}"
            f" AND timestamp > {bindings.moment(in_ms(now - _CURRENT))} AND timestamp <= {bindings.moment(in_ms(now))}"
            " AND name != 'engagement' GROUP BY site_id",
            bindings.parameters,
        )
    )
    found = {int(number): int(visitors) for number, visitors in rows}
    return {site.id: found.get(site.id, 0) for site in sites}


async def _range(reader: Reader, site: Site, question: Question, now: datetime) -> DateRange:
    begins_on = await _beginning(reader, site, question) if question.date_range == "all" else None
    found = resolve_date_range(question.date_range, site, now, first_day=begins_on)
    is_relative = isinstance(question.date_range, str)
    return trimmed(found, now) if is_relative and question.include.trim_relative_date_range else found


async def _beginning(reader: Reader, site: Site, question: Question) -> date | None:
    """Where all time begins: with the first event, or what was imported before it."""
    own = await first_day(reader, site, "events")
    span = span_of(await reader.ask_shared(imported_span(site))) if question.include.imports else None
    return min(filter(None, (own, span and date_of(span.first_day))), default=None)


async def _total_rows(reader: Reader, site: Site, plan: Plan, rows: list[tuple[Any, ...]]) -> int:
    """The number of all rows, which every row carries; a page past the end has none to tell."""
    if not rows and plan.question.offset and plan.question.include.total_rows:
        first_page = replace(plan, question=replace(plan.question, limit=1, offset=0))
        rows = await reader.ask(compile_plan(first_page, site))
    return int(rows[0][-1]) if rows else 0


async def _check_patterns(reader: Reader, site: Site, question: Question) -> None:
    """Let the engine compile every pattern once: rows it never reads would hide one that is wrong."""
    bindings = Bindings()
    patterns = [
        value
        for one in comparisons(question.filters, also_done=True)
        if one.operator.is_pattern
        for value in one.values
    ]
    if not patterns:
        return
    matches = ", ".join(f"match('', {bindings.bind('String', pattern)})" for pattern in patterns)
    try:
        await reader.ask(Statement("query.check_patterns", f"SELECT {matches}", bindings.parameters, site.id))
    except DatabaseError as error:
        if error.code != _CANNOT_COMPILE_REGEXP:
            raise
        raise InvalidInput("#/filters: Invalid regular expression; write it in RE2 syntax.", field="filters") from error
