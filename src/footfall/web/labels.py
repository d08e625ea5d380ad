"""What a dimension's values are called on screen."""

from collections.abc import Callable
from typing import NamedTuple

from footfall.query import FOLDED
from footfall.query.dimensions import NO_SOURCE, NOT_SET
from footfall.web.places import country_name, flag


class Label(NamedTuple):
    """The words, and a flag where there is one."""

    text: str
    flag: str = ""


def label(dimension: str, value: str) -> Label:
    """What ``value`` of the dimension of this key is called."""
    if value in _BLANKS:
        return Label(_BLANKS[value])
    return _LABELS.get(dimension, Label)(value)


def _country(code: str) -> Label:
    return Label(country_name(code), flag(code))


def _region(code: str) -> Label:
    return Label(code, flag(code.partition("-")[0]))


_BLANKS = {NOT_SET: "Unknown", NO_SOURCE: "Direct", FOLDED: "Other, fewer than 5 each"}
_LABELS: dict[str, Callable[[str], Label]] = {"country": _country, "region": _region}
