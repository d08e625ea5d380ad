"""Writing what pages report beside their events: a table of its own, filled by the same batches as `events`."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from footfall.domain import NO_VITALS, Event, Vitals
from footfall.store.inserting import Inserter

VITALS, IDENTITY = "vitals", "identity"
"""The kinds of them."""

_OF_VISIT = ("device", "browser", "os", "country")


class Aside(NamedTuple):
    """A report with the visitor it is about, and its day in the site's zone."""

    event: Event
    visitor_id: int
    local_day: int


def insert_asides(inserter: Inserter, batch_id: int, token: str, asides: Sequence[Aside]) -> None:
    """Insert a batch's reports as one block; ``token`` is that of the batch."""
    events = [aside.event for aside in asides]
    vitals = [event.vitals or NO_VITALS for event in events]
    columns: dict[str, list[Any]] = {
        "site_id": [event.site_id for event in events],
        "local_day": [aside.local_day for aside in asides],
        "kind": [VITALS if event.vitals else IDENTITY for event in events],
        "visitor_id": [aside.visitor_id for aside in asides],
        "timestamp": [event.timestamp_ms for event in events],
        "event_id": [event.event_id for event in events],
        "hostname": [event.hostname for event in events],
        "path": [event.path for event in events],
        **{name: [getattr(event.attributes, name) for event in events] for name in _OF_VISIT},
        **{name: [getattr(one, name) for one in vitals] for name in Vitals.__struct_fields__},
        "props": [event.props for event in events],
        "received_at": [event.received_ms // 1000 for event in events],
        "batch_id": [batch_id] * len(events),
    }
    inserter.insert("asides", columns, f"{token}-asides")
