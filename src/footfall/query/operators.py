"""The comparisons a filter can make: one row each. Values reach the engine bound, never as text of a statement."""

from dataclasses import dataclass

from footfall.query.bindings import Bindings


@dataclass(frozen=True)
class Operator:
    """A comparison of one column with several values, true when it holds for any of them.

    ``sql`` has the places {column} and {values}, or {value} when the engine wants the values one by one.
    """

    name: str
    sql: str
    max_values: int
    is_negated: bool = False
    is_exact: bool = False
    is_pattern: bool = False


_IS = "{column} IN ({values})"
_CONTAINS = "multiSearchAny({column}, {values})"
_MATCHES = "match({column}, {value})"

_ALL = (
    Operator("is", _IS, 2_000, is_exact=True),
    Operator("is_not", _IS, 2_000, is_negated=True, is_exact=True),
    Operator("contains", _CONTAINS, 200),
    Operator("contains_not", _CONTAINS, 200, is_negated=True),
    Operator("matches", _MATCHES, 20, is_pattern=True),
    Operator("matches_not", _MATCHES, 20, is_negated=True, is_pattern=True),
)

OPERATORS = {row.name: row for row in _ALL}


def comparison(
    operator: Operator, column: str, values: tuple[str, ...], *, is_case_sensitive: bool, bindings: Bindings
) -> str:
    """The condition in SQL."""
    if operator.is_pattern:
        found = _any_pattern(operator, column, values, is_case_sensitive, bindings)
    else:
        found = _any_value(operator, column, values, is_case_sensitive, bindings)
    return f"NOT ({found})" if operator.is_negated else f"({found})"


def _any_pattern(
    operator: Operator, column: str, patterns: tuple[str, ...], is_case_sensitive: bool, bindings: Bindings
) -> str:
    flags = "" if is_case_sensitive else "(?i)"
    return " OR ".join(
        operator.sql.format(column=column, value=bindings.bind("String", flags + pattern)) for pattern in patterns
    )


def _any_value(
    operator: Operator, column: str, values: tuple[str, ...], is_case_sensitive: bool, bindings: Bindings
) -> str:
    bound = bindings.bind("Array(String)", list(values))
    if is_case_sensitive:
        return operator.sql.format(column=column, values=bound)
    # Both sides go through the engine's own folding: Python's differs on a few letters.
    return operator.sql.format(column=f"lowerUTF8({column})", values=f"arrayMap(value -> lowerUTF8(value), {bound})")
