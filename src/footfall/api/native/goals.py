"""The report of goals: how many visitors reached each."""

import asyncio
import re
from dataclasses import replace
from fractions import Fraction

from footfall.api.native.asked import Answers, Asked, QueryFilter, Report, Row, Table
from footfall.sites import Goal, GoalKind

_STARS = re.compile(r"(\*+)")


async def goals(answers: Answers, report: Report, asked: Asked) -> Table:
    """One row for each goal of a page, in the order they were added."""
    listed = await asyncio.to_thread(answers.goals)
    chosen = listed[asked.offset : asked.offset + asked.limit]
    everybody = replace(asked, filters=tuple(one for one in asked.filters if not _is_on_properties(one)))
    total = await answers.ask(everybody, ("visitors",))
    rows = await asyncio.gather(*(_reached(answers, asked, goal) for goal in chosen))
    visitors = int(total.rows[0].metrics[0] or 0)
    return Table([row | _rate(row, visitors) for row in rows], total.range, len(listed))


async def _reached(answers: Answers, asked: Asked, goal: Goal) -> Row:
    found = await answers.ask(replace(asked, filters=(*asked.filters, *_filters(goal))), ("visitors", "events"))
    visitors, events = found.rows[0].metrics
    return {"goal": goal.display_name, "visitors": visitors, "events": events}


def _rate(row: Row, visitors: int) -> Row:
    share = Fraction(100 * row["visitors"], visitors) if visitors else Fraction(0)
    return {"conversion_rate": float(round(share, 2))}


def _filters(goal: Goal) -> list[QueryFilter]:
    if goal.kind is GoalKind.EVENT:
        return [["is", "event:name", [goal.pattern]]]
    return [["is", "event:name", ["pageview"]], ["matches", "event:page", [_expression(goal.pattern)]]]


def _expression(pattern: str) -> str:
    """A page pattern as the engine's regular expression: `*` within a segment, `**` across."""
    pieces = _STARS.split(pattern)
    return "(?s)^" + "".join(_piece(piece) for piece in pieces) + "$"


def _piece(piece: str) -> str:
    if piece.startswith("*"):
        return "[^/]*" if piece == "*" else ".*"
    return re.escape(piece)


def _is_on_properties(one: QueryFilter) -> bool:
    return str(one[1]).startswith("event:props:")
