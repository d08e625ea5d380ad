"""The small relational database of people, sites and keys: SQLite in the data folder, or PostgreSQL by URL.

Owns the tables, their migrations and the unit of work. What the rows mean is the business of accounts and sites.
"""

from footfall.metadata.acting import NOBODY, Actor, act_as, acting, network_of, note_actor
from footfall.metadata.address import database_url, postgres_url, shown_address, sqlite_url
from footfall.metadata.audit import event_entry
from footfall.metadata.clock import Clock, system_clock
from footfall.metadata.database import Database, mark_changed

__all__ = [
    "NOBODY",
    "Actor",
    "Clock",
    "Database",
    "act_as",
    "acting",
    "database_url",
    "event_entry",
    "mark_changed",
    "network_of",
    "note_actor",
    "postgres_url",
    "shown_address",
    "sqlite_url",
    "system_clock",
]
