"""The durable queue between intake and store: one SQLite file, written by one thread in groups.

An event is acknowledged once its row is on disk; the row goes when the store holds the event.
"""

from footfall.spool.batch import Batch
from footfall.spool.gathering import Appended
from footfall.spool.salvage import Damage, damages, salvage_if_damaged
from footfall.spool.seen import SeenIds
from footfall.spool.spool import Spool, give_new_identity

__all__ = [
    "Appended",
    "Batch",
    "Damage",
    "SeenIds",
    "Spool",
    "damages",
    "give_new_identity",
    "salvage_if_damaged",
]
