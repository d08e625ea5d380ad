"""The columnar store: one ClickHouse dialect, embedded (chDB) by default, or a ClickHouse server.

Owns the engine, its schema, the one writer and the pool of readers. What questions mean is the query room's business.
"""

from footfall.store.asides import IDENTITY, VITALS, Aside
from footfall.store.channels import Arrival, Channels
from footfall.store.closed_days import ClosedDays, closed_days, days_of_month, state_of_days
from footfall.store.crawler_views import CrawlerView
from footfall.store.engine import EmbeddedEngine, Engine, open_embedded
from footfall.store.erasure import Erasure
from footfall.store.event_ids import known_event_ids
from footfall.store.failures import reason_of
from footfall.store.finalise import Finaliser, rolled_up_days
from footfall.store.imported import Import, ImportedDays, ImportedRow, ImportedSpan, imported_span, span_of
from footfall.store.monthly_views import count_views, first_month_with_views
from footfall.store.parquet import parquet_file
from footfall.store.reader import Reader, Statement
from footfall.store.received import count_received
from footfall.store.resident import give_back_program
from footfall.store.server import ServerEngine, open_server
from footfall.store.writer import AppliedEvent, StoredVisit, Writer

__all__ = [
    "IDENTITY",
    "VITALS",
    "AppliedEvent",
    "Arrival",
    "Aside",
    "Channels",
    "ClosedDays",
    "CrawlerView",
    "EmbeddedEngine",
    "Engine",
    "Erasure",
    "Finaliser",
    "Import",
    "ImportedDays",
    "ImportedRow",
    "ImportedSpan",
    "Reader",
    "ServerEngine",
    "Statement",
    "StoredVisit",
    "Writer",
    "closed_days",
    "count_received",
    "count_views",
    "days_of_month",
    "first_month_with_views",
    "give_back_program",
    "imported_span",
    "known_event_ids",
    "open_embedded",
    "open_server",
    "parquet_file",
    "reason_of",
    "rolled_up_days",
    "span_of",
    "state_of_days",
]
