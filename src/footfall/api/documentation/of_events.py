"""Operations on the registry of a site's own event names and properties."""

from typing import Any

from footfall.api.documentation.operation import SENT_WITH_KEY, Operation
from footfall.api.documentation.shapes import (
    EventDescription,
    PropertyChanges,
    RegisteredProperty,
    Registry,
)
from footfall.client.values import Deleted

_REGISTRY = "/api/v1/sites/{public_id}/event-registry"
_TAG = "event registry"
_DESCRIBED = {"name": "Signup", "description": "Somebody made an account."}
_PROPERTY: dict[str, Any] = {"key": "plan", "display_name": "Plan", "allowed": True, "hidden": False}
_EVENT = _DESCRIBED | {
    "first_seen_at": "2026-01-10T08:00:00+00:00",
    "last_seen_at": "2026-01-31T17:20:00+00:00",
    "count": 420,
    "properties": [{"key": "plan", "type": "text"}],
}


def _writes(route: str, name: str, summary: str, answer: Any, example: Any, **more: Any) -> Operation:
    return Operation(route, name, _TAG, summary, answer, example, "sites:write", **more, refusals=SENT_WITH_KEY)


OF_EVENTS = (
    Operation(
        f"GET {_REGISTRY}",
        "read_registry",
        _TAG,
        "Every custom event name with its figures and properties",
        Registry,
        {"events": [_EVENT], "properties": [_PROPERTY], "warnings": []},
        "stats:read",
    ),
    _writes(
        f"PUT {_REGISTRY}/events",
        "describe_event",
        "Say what an event means",
        EventDescription,
        _DESCRIBED,
        body=EventDescription,
        body_example=_DESCRIBED,
    ),
    _writes(
        f"DELETE {_REGISTRY}/events", "forget_event", "Take a name out of the registry", Deleted, {"deleted": "true"}
    ),
    _writes(
        f"PUT {_REGISTRY}/properties",
        "change_property",
        "Allow, rename or hide a property; what is left out stays",
        RegisteredProperty,
        _PROPERTY,
        body=PropertyChanges,
        body_example={"key": "plan", "display_name": "Plan"},
    ),
    _writes(
        f"DELETE {_REGISTRY}/properties",
        "forget_registered_property",
        "Take a property out of the registry",
        Deleted,
        {"deleted": "true"},
    ),
)
