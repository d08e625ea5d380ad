"""How a filter compares: one row each, with its sign in the URL and its words on screen."""

from typing import NamedTuple

from footfall.reports.dimensions import GOAL, SEGMENT
from footfall.texts import Phrase

IS = "is"


class FilterOperator(NamedTuple):
    """``name`` stands in queries; ``sign`` follows the dimension in URLs."""

    name: str
    sign: str
    words: str
    opposite: str
    is_negated: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether its values are whole values of the dimension, to be chosen from a list."""
        return self.name in (IS, "is_not")


OPERATORS = {
    row.name: row
    for row in (
        FilterOperator(IS, "", Phrase("is"), "is_not"),
        FilterOperator("is_not", "!", Phrase("is not"), IS, is_negated=True),
        FilterOperator("contains", "~", Phrase("contains"), "contains_not"),
        FilterOperator("contains_not", "!~", Phrase("does not contain"), "contains", is_negated=True),
        FilterOperator("matches", "*", Phrase("matches"), "matches_not"),
        FilterOperator("matches_not", "!*", Phrase("does not match"), "matches", is_negated=True),
    )
}
BY_SIGN = {row.sign: row for row in OPERATORS.values()}

_ONLY = {GOAL: (IS, "contains"), SEGMENT: (IS,)}


def operators_of(dimension: str) -> tuple[FilterOperator, ...]:
    """The operators this dimension can be filtered with."""
    return tuple(OPERATORS[name] for name in _ONLY.get(dimension, OPERATORS))
