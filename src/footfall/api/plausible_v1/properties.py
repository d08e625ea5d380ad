"""Properties of the v1 API: the dimensions of a query that are no stretch of time."""

from footfall.errors import InvalidInput
from footfall.query import DIMENSIONS

_GOAL = "event:goal"
_OWN_PREFIX = "event:props:"


def is_property(name: str) -> bool:
    """Whether answers can be filtered by it."""
    return name == _GOAL or name.startswith(_OWN_PREFIX) or (name in DIMENSIONS and ":" in name and name[:5] != "time:")


def breakdown_property(name: str | None) -> str:
    """The property to break an answer down by; raises InvalidInput."""
    if name is None:
        raise InvalidInput(
            "The `property` parameter is required. Please provide at least one property to show a breakdown by.",
            field="property",
        )
    if name == "event:hostname":
        raise InvalidInput(f"Property '{name}' is currently not supported for breakdowns.", field="property")
    if not is_property(name):
        raise InvalidInput(
            f"Invalid property '{name}'. Please provide a valid property for the breakdown endpoint.", field="property"
        )
    return name


def key_of(name: str) -> str:
    """What rows call it: `source`, `entry_page`, or the key of a property of one's own."""
    return name.removeprefix(_OWN_PREFIX).removeprefix("event:").removeprefix("visit:")
