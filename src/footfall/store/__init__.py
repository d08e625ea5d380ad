"""The columnar store: one ClickHouse dialect, embedded (chDB) by default.

Owns the engine, its schema, the one writer and the pool of readers. What questions mean is the query room's business.
"""

from footfall.store.closed_days import ClosedDays, closed_days, state_of_days
from footfall.store.engine import Engine, open_embedded
from footfall.store.event_ids import known_event_ids
from footfall.store.finalise import Finaliser
from footfall.store.reader import Reader, Statement
from footfall.store.received import count_received
from footfall.store.writer import AppliedEvent, StoredVisit, Writer

__all__ = [
    "AppliedEvent",
    "ClosedDays",
    "Engine",
    "Finaliser",
    "Reader",
    "Statement",
    "StoredVisit",
    "Writer",
    "closed_days",
    "count_received",
    "known_event_ids",
    "open_embedded",
    "state_of_days",
]
