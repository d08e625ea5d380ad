"""An event on its way through the steps, with what is known of its sender.

A draft lives for one request only: it is the last place where an address or a user agent exists.
"""

import msgspec

from footfall.collect.wire import WireEvent
from footfall.domain import Crawler, Site, VisitAttributes
from footfall.enrich import Agent, Campaign, ClientHints, Page, RequestSigns
from footfall.identity import VisitorIds

NO_PAGE = Page("", "", Campaign())
NO_AGENT = Agent()
NO_ATTRIBUTES = VisitAttributes()
NOBODY = VisitorIds(0, 0, is_lasting=False)


class Sender(msgspec.Struct, gc=False):
    """What the request itself tells."""

    address: str = ""
    user_agent: str = ""
    language: str = ""
    hints: ClientHints | None = None
    has_opted_out: bool = False  # Sec-GPC
    asks_not_to_track: bool = False  # DNT
    is_prefetch: bool = False
    has_fetch_metadata: bool = False  # Sec-Fetch-Mode
    routes_by_hash: bool = False  # this very event says that fragments name pages
    is_keyed: bool = False  # came with an API key, so its own word counts
    is_library: bool = False  # another product's client for servers, without a key: a program, but no crawler
    import_id: str = ""  # days long past get salts that live as long as this import


class Draft(msgspec.Struct, gc=False):
    """Filled in step by step."""

    wire: WireEvent
    sender: Sender
    site: Site
    now_ms: int
    name: str = ""
    timestamp_ms: int = 0
    page: Page = NO_PAGE
    agent: Agent = NO_AGENT
    crawler: Crawler | None = None
    attributes: VisitAttributes = NO_ATTRIBUTES
    visitor: VisitorIds = NOBODY
    props: dict[str, str] = {}

    def request_signs(self) -> RequestSigns:
        """What the headers tell of a machine; a page on https can only send over https."""
        return RequestSigns(
            user_agent=self.sender.user_agent,
            has_language=bool(self.sender.language),
            has_fetch_metadata=self.sender.has_fetch_metadata or self.sender.hints is not None,
            is_secure=self.wire.url.startswith("https:"),
        )
