"""The front door for Umami's clients: their script, `/api/send` and `/api/batch`, decoded into the same wire event.

What differs from Umami on purpose is told in docs/how-to/move-from-umami.md.
"""

from footfall.collect.umami.doors import UmamiDoors
from footfall.collect.umami.tokens import CacheTokens
from footfall.collect.umami.websites import Websites, umami_snippet, website_id

__all__ = ["CacheTokens", "UmamiDoors", "Websites", "umami_snippet", "website_id"]
