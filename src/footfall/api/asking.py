"""How routes made for other products ask the query room: the body of a v2 query, bound to a site and to this moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from footfall.domain import Site
from footfall.query import Answer, ask
from footfall.store import Reader

Question = dict[str, Any]


class Asking:
    """Asks; ``clock`` gives UTC milliseconds."""

    def __init__(self, reader: Reader, clock: Callable[[], int]) -> None:
        self.reader = reader
        self._clock = clock

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.fromtimestamp(self._clock() / 1000, UTC)

    async def ask(self, site: Site, question: Question) -> Answer:
        """Answer a question about a site; raises InvalidInput, QueryTooHeavy."""
        return await ask(self.reader, site, question, self.now())
