"""For whom something is being written. It is set around the writing of one page or letter, and nowhere else asked for.

Jinja's macros see no more than what is global, and a page calls hundreds of formats: a variable of the context spares
handing the words to each.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from footfall.texts.catalogue import ENGLISH
from footfall.texts.words import Words, words_of

_reader: ContextVar[Words | None] = ContextVar("reader", default=None)


def reader() -> Words:
    """The words of who reads what is being written; English where nobody was named."""
    return _reader.get() or words_of(ENGLISH)


@contextmanager
def written_for(words: Words) -> Iterator[None]:
    """Write for somebody with these words."""
    token = _reader.set(words)
    try:
        yield
    finally:
        _reader.reset(token)
