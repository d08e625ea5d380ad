"""Goals, conversions and revenue as METRICS.md says, beside the oracle of all else."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from footfall.domain import Goal, GoalKind
from footfall.query.revenue import Money


def named(goals: Iterable[Goal], filter_of_goals: Sequence[Any]) -> list[Goal]:
    """The goals that a filter on `event:goal` means."""
    operator, _, values, *modifiers = filter_of_goals
    fold = str.lower if modifiers == [{"case_sensitive": False}] else str
    names = [fold(value) for value in values]
    if operator == "is":
        return [goal for goal in goals if fold(goal.display_name) in names]
    return [goal for goal in goals if any(name in fold(goal.display_name) for name in names)]


def reaches(goal: Goal, hit: Any) -> bool:
    """Whether the hit reaches the goal."""
    match goal.kind:
        case GoalKind.EVENT:
            return hit.name == goal.pattern and set(goal.properties) <= set(hit.props)
        case GoalKind.PAGE:
            return hit.name == "pageview" and fits(goal.pattern, hit.path)
        case GoalKind.SCROLL:
            return goal.scroll_percent <= hit.scroll_depth <= 100 and fits(goal.pattern, hit.path)


def fits(pattern: str, path: str) -> bool:
    """Tried piece by piece: one star stops at a slash, two do not."""
    if not pattern:
        return not path
    stars = re.match(r"\*+", pattern)
    if not stars:
        return path[:1] == pattern[0] and fits(pattern[1:], path[1:])
    rest = pattern[stars.end() :]
    crosses = stars.end() > 1
    for at in range(len(path) + 1):
        if fits(rest, path[at:]):
            return True
        if at < len(path) and path[at] == "/" and not crosses:
            return False
    return False


def without_conversion(filters: Iterable[Any]) -> list[Any]:
    """The filters but those that look at goals or properties."""
    kept = []
    for one in filters:
        if one[0] == "and":
            kept += without_conversion(one[1])
        elif not _tells_conversion(one):
            kept.append(one)
    return kept


def _tells_conversion(one: Sequence[Any]) -> bool:
    match one:
        case ["and" | "or", inner]:
            return any(_tells_conversion(each) for each in inner)
        case ["not", inner]:
            return _tells_conversion(inner)
        case ["has_done" | "has_not_done", _]:
            return False
    return str(one[1]).startswith(("event:goal", "event:props:"))


def pays(goals: Iterable[Goal], hit: Any) -> bool:
    """Whether the hit reaches a goal that counts revenue in its currency."""
    return any(reaches(goal, hit) and goal.currency in ("", hit.currency) for goal in goals)


def total_revenue(hits: Iterable[Any]) -> Money | None:
    """In the one currency there is."""
    paid = [hit for hit in hits if hit.currency]
    currencies = {hit.currency for hit in paid}
    if len(currencies) != 1:
        return None
    return Money(sum(hit.revenue_milli for hit in paid) / 1000, currencies.pop())


def average_revenue(hits: Iterable[Any]) -> Money | None:
    """The mean of the events that brought some, to the thousandth, ties to the even one."""
    paid = [hit for hit in hits if hit.currency]
    total = total_revenue(paid)
    if total is None:
        return None
    mean = round(Fraction(sum(hit.revenue_milli for hit in paid), len(paid)))
    return Money(mean / 1000, total.currency)
