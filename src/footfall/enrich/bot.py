"""Which user agents are machines: those that name themselves, and those against whom two kinds of evidence stand.

The list of known crawlers is the package crawler-user-agents; the rest is our own table.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import crawleruseragents
import msgspec
import ua_parser_rs

from footfall.domain import Crawler
from footfall.enrich.evidence import EvidenceKind, RequestSigns, kinds_in_agent, kinds_in_request
from footfall.enrich.tables import load_table

_AGENT_LENGTH = 1024
_UNNAMED = "Unknown bot"
_NAMELESS = Crawler(_UNNAMED, "unknown")
_KINDS_NEEDED = 2
_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b[a-z][\w.-]{0,29}(?:bot|spider|crawler)[\w-]{0,9}",
        r"\b(?:bot|spider|crawler)[\w-]{0,30}",
        r"(?<=compatible; )[a-z][\w.-]{0,39}",
        r"^(?!mozilla/)[a-z][\w.-]{0,39}",
    )
)
"""Where a machine's name stands in its user agent, best place first; an address is none."""
_UPPER = re.compile(r"\\.|[A-Z]")
"""Letters of a pattern, where they stand for themselves."""


class _Row(msgspec.Struct, frozen=True):
    """One way to tell a machine: what the pattern's first group finds is its name unless it has one."""

    pattern: str
    kind: str
    name: str = ""
    vendor: str = ""


class _Match(NamedTuple):
    """A row, and the words it was found by."""

    row: _Row
    found: str


class _Judgement(NamedTuple):
    """What a user agent alone says: a crawler, or evidence too thin to call it one."""

    crawler: Crawler | None
    kinds: frozenset[EvidenceKind] = frozenset()


def find_bot(user_agent: str, read_signs: Callable[[], RequestSigns] | None = None) -> Crawler | None:
    """The machine behind a user agent, or None for people's browsers and apps.

    ``read_signs`` gives what the request's headers tell; it is called for a suspicious agent only.
    """
    judgement = _judge(user_agent)
    if not judgement.kinds or read_signs is None:
        return judgement.crawler
    kinds = judgement.kinds | kinds_in_request(read_signs())
    return _NAMELESS if len(kinds) >= _KINDS_NEEDED else None


@lru_cache(maxsize=8192)
def _judge(user_agent: str) -> _Judgement:
    text = user_agent.strip()[:_AGENT_LENGTH].encode("utf-8", "replace").decode()
    crawler, kinds = _named_crawler(text), kinds_in_agent(text)
    if crawler or not kinds:
        return _Judgement(crawler)
    return _Judgement(_NAMELESS) if len(kinds) >= _KINDS_NEEDED else _Judgement(None, kinds)


def _named_crawler(text: str) -> Crawler | None:
    """The crawler that ``text`` names, by the name of a table or by a word that says what it is."""
    if named := _names().match(text):
        return Crawler(named.row.name or named.found.strip(" /(;,"), named.row.kind, named.row.vendor)
    worded = _words().match(text)
    return Crawler(_name_in(text), worded.row.kind) if worded else None


def _name_in(text: str) -> str:
    found = next(filter(None, (place.search(text) for place in _NAMES)), None)
    return found[0] if found else _UNNAMED


class _Automaton:
    """Many rows at once, the first match wins: a few µs an agent, where a loop over 1,500 patterns takes half a ms.

    Upper case is the same as lower case. That is seen to here: patterns that knew both would take 36 MB more.
    """

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._rows = tuple(rows)
        self._extractor = ua_parser_rs.UserAgentExtractor(
            (_UPPER.sub(_lower, row.pattern), "$1", str(index), None, None, None)
            for index, row in enumerate(self._rows)
        )

    def match(self, text: str) -> _Match | None:
        lower = text.encode().lower().decode()  # of ASCII, where no letter becomes two
        found = self._extractor.extract(lower)
        if not found:
            return None
        place = lower.find(found.family)
        return _Match(self._rows[int(found.major or 0)], text[place : place + len(found.family)])


def _lower(found: re.Match[str]) -> str:
    return found[0].lower() if len(found[0]) == 1 else found[0]


@cache
def _names() -> _Automaton:
    return _Automaton((*_ai_rows(), *_listed_rows()))


@cache
def _words() -> _Automaton:
    return _Automaton(_word_rows())


def _ai_rows() -> Iterator[_Row]:
    for name, (vendor, purpose) in load_table("bots")["ai"].items():
        pattern = rf"(?:^|[^\w-])({re.escape(name)})(?:[^a-z-]|$)"
        yield _Row(pattern, f"ai-{purpose}", name, vendor)


def _listed_rows() -> Iterator[_Row]:
    """A name of the list counts from the beginning of a word: ``008`` is a crawler, ``39008`` a version."""
    ordinary = load_table("bots")["ordinary"]
    for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA:
        if entry["pattern"] not in ordinary:
            pattern = rf"(?:^|[^a-z0-9])({entry['pattern']})"
            yield _Row(pattern, entry.get("tags", ["unknown"])[0])


def _word_rows() -> Iterator[_Row]:
    for kind, words in load_table("bots")["names"].items():
        yield _Row(f"({'|'.join(words)})", kind)
