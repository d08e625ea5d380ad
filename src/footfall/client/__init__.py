"""Footfall for Python programs: send events, ask for figures, keep sites, goals and segments.

It speaks HTTP to a server and knows nothing of what is inside one. What can be asked stands in `calls`.
"""

from footfall.client import calls
from footfall.client.clients import AsyncClient, Client
from footfall.client.errors import AskedTooOften, ClientError, NotAnswered, NotSent, Refused
from footfall.client.frames import LibraryMissing
from footfall.client.values import Event, QueryAnswer, Receipt, Report, Revenue

__all__ = [
    "AskedTooOften",
    "AsyncClient",
    "Client",
    "ClientError",
    "Event",
    "LibraryMissing",
    "NotAnswered",
    "NotSent",
    "QueryAnswer",
    "Receipt",
    "Refused",
    "Report",
    "Revenue",
    "calls",
]
