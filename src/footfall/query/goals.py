"""Goals in a question: which ones a filter names, and the events that reach them."""

import re

from footfall.domain import Goal, GoalKind
from footfall.errors import InvalidInput
from footfall.query.bindings import Bindings
from footfall.query.dimensions import GOAL, Dimension
from footfall.query.operators import Operator
from footfall.query.question import Comparison, Filter, Junction, comparisons

NEVER = "0"
_ALWAYS = "1"
_HOW = "Find out how to add it in the reference of the Sites API."
IS_ACTIVITY = "name != 'engagement'"

_STARS = re.compile(r"(\*{2,}|\*)")


def named_goals(
    goals: tuple[Goal, ...], operator: Operator, values: tuple[str, ...], *, is_case_sensitive: bool
) -> tuple[Goal, ...]:
    """The goals a filter means; raises InvalidInput where it names one that the site has not."""
    fold = str if is_case_sensitive else str.lower
    wanted = [fold(value) for value in values]
    if not operator.is_exact:
        return tuple(goal for goal in goals if any(value in fold(goal.display_name) for value in wanted))
    known = {fold(goal.display_name) for goal in goals}
    for value, name in zip(values, wanted, strict=True):
        if name not in known:
            raise InvalidInput(f"The goal `{value}` is not configured for this site. {_HOW}", field="filters")
    return tuple(goal for goal in goals if fold(goal.display_name) in wanted)


def goals_of_breakdown(goals: tuple[Goal, ...], filters: tuple[Filter, ...]) -> tuple[Goal, ...]:
    """The goals that an answer by goal has rows for: those all filters on goals let through."""
    chosen = [set(one.goals) for one in filters if isinstance(one, Comparison) and one.dimension == GOAL]
    return tuple(goal for goal in goals if all(goal in each for each in chosen))


def reads_engagement(filters: tuple[Filter, ...]) -> bool:
    """Whether a goal is reached by scrolling, which only engagement events tell."""
    return any(goal.kind is GoalKind.SCROLL for one in comparisons(filters) for goal in one.goals)


def without_conversion(filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """The filters that choose whom to count, not what they did: neither goals nor properties."""
    kept: list[Filter] = []
    for one in filters:
        match one:
            case Junction(word="and"):
                kept += without_conversion(one.filters)
            case _ if not any(tells_conversion(inner.dimension) for inner in comparisons((one,))):
                kept.append(one)
    return tuple(kept)


def reached_any(goals: tuple[Goal, ...], bindings: Bindings) -> str:
    """Whether a row of events reaches one of the goals, in SQL."""
    return "(" + " OR ".join(_reached(goal, bindings) for goal in goals) + ")" if goals else NEVER


def reached_names(goals: tuple[Goal, ...], bindings: Bindings) -> str:
    """A row for each goal that a row of events reaches, in SQL."""
    if not goals:
        return "''"
    names = bindings.bind("Array(String)", [goal.display_name for goal in goals])
    reached = ", ".join(f"toUInt8({_reached(goal, bindings)})" for goal in goals)
    return f"arrayJoin(arrayDistinct(arrayFilter((name_of_goal, is_reached) -> is_reached, {names}, [{reached}])))"


def paid_for_named(goals: tuple[Goal, ...], key: str, bindings: Bindings) -> str:
    """Whether an event's revenue is in the currency of the goal named in ``key``, which may have none; in SQL."""
    with_currency = {goal.display_name: goal.currency for goal in goals if goal.currency}
    if not with_currency:
        return _ALWAYS
    names = bindings.bind("Array(String)", [*with_currency])
    currencies = bindings.bind("Array(String)", [*with_currency.values()])
    return f"transform({key}, {names}, {currencies}, toString(revenue_currency)) = revenue_currency"


def paid_for_any(filters: tuple[Filter, ...], bindings: Bindings) -> str:
    """Whether, of each filter on goals, the event reaches one that counts revenue in its currency; in SQL."""
    on_goals = [one.goals for one in filters if isinstance(one, Comparison) and one.dimension == GOAL]
    conditions = [_paid_for(chosen, bindings) for chosen in on_goals if any(goal.currency for goal in chosen)]
    return f"({' AND '.join(conditions)})" if conditions else _ALWAYS


def _paid_for(goals: tuple[Goal, ...], bindings: Bindings) -> str:
    return "(" + " OR ".join(f"({_reached(goal, bindings)} AND {_fits(goal, bindings)})" for goal in goals) + ")"


def _fits(goal: Goal, bindings: Bindings) -> str:
    return f"revenue_currency = {bindings.bind('String', goal.currency)}" if goal.currency else _ALWAYS


def _reached(goal: Goal, bindings: Bindings) -> str:
    match goal.kind:
        case GoalKind.EVENT:
            conditions = [f"name = {bindings.bind('String', goal.pattern)}"]
            conditions += [_has_property(key, value, bindings) for key, value in goal.properties]
        case GoalKind.PAGE:
            conditions = ["name = 'pageview'", _on_path(goal.pattern, bindings)]
        case GoalKind.SCROLL:
            depth = bindings.bind("UInt8", goal.scroll_percent)
            conditions = [f"scroll_depth BETWEEN {depth} AND 100", _on_path(goal.pattern, bindings)]
    return "(" + " AND ".join(conditions) + ")"


def _has_property(key: str, value: str, bindings: Bindings) -> str:
    return f"props[{bindings.bind('String', key)}] = {bindings.bind('String', value)}"


def _on_path(pattern: str, bindings: Bindings) -> str:
    if "*" not in pattern:
        return f"path = {bindings.bind('String', pattern)}"
    return f"match(path, {bindings.bind('String', path_expression(pattern))})"


def path_expression(pattern: str) -> str:
    """The pattern of a path in RE2 syntax."""
    pieces = (_expression(piece) for piece in _STARS.split(pattern))
    return f"(?s)^{''.join(pieces)}\\z"


def _expression(piece: str) -> str:
    if piece.startswith("*"):
        return "[^/]*" if piece == "*" else ".*"
    return re.escape(piece)


def tells_conversion(dimension: Dimension) -> bool:
    """Whether it tells what a visitor did to convert: a goal or a property."""
    return dimension == GOAL or bool(dimension.key)
