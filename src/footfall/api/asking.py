"""How routes made for other products ask the query room: the body of a v2 query, bound to a site and to this moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fastapi.concurrency import run_in_threadpool

from footfall.api.query import VocabularyOf
from footfall.domain import Site
from footfall.query import Answer, ask
from footfall.query.vocabulary import NOTHING_NAMED
from footfall.store import Reader

Question = dict[str, Any]


class Asking:
    """Asks; ``clock`` gives UTC milliseconds, ``vocabulary_of`` what all who may read a site can name."""

    def __init__(
        self, reader: Reader, clock: Callable[[], int], vocabulary_of: VocabularyOf = lambda _site, _user: NOTHING_NAMED
    ) -> None:
        self.reader = reader
        self._clock = clock
        self._vocabulary_of = vocabulary_of

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.fromtimestamp(self._clock() / 1000, UTC)

    async def ask(self, site: Site, question: Question) -> Answer:
        """Answer a question about a site; raises InvalidInput, QueryTooHeavy."""
        vocabulary = await run_in_threadpool(self._vocabulary_of, site, None)
        return await ask(self.reader, site, question, self.now(), vocabulary)
