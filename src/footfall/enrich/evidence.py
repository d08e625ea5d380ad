"""What speaks for a machine where the user agent gives no name: small tests, each of a kind.

One kind proves nothing: people use odd browsers, rare devices and strict privacy tools. Two kinds together do not
happen to them.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from footfall.enrich.agent import parse_agent
from footfall.enrich.tables import load_table

_CLAIM = re.compile(r"\bcompatible[;,] ?([a-z][a-z-]*)", re.IGNORECASE)
_CONTACT = re.compile(
    r"https?:|mailto:|\bwww\.|[\w.+-]@[a-z\d-]+\.[a-z]|(?<![.\w])[a-z][a-z\d-]+\.(?:com|net|org|info|io|ai|me|eu|de|ch|co)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\w .-]{0,40}")
_CODE = re.compile(r"[\"'<>{}$`\\]")
_VERSIONED = re.compile(r"[a-z][/ ]v?\d", re.IGNORECASE)
_MODERN_CHROMIUM = re.compile(r" Chrome/(?:9\d|[1-9]\d\d)\.")


class EvidenceKind(StrEnum):
    """Kinds that do not follow from one another."""

    SOFTWARE = "software"
    DEVICE = "device"
    FORM = "form"
    CONTACT = "contact"
    HEADERS = "headers"


class RequestSigns(NamedTuple):
    """What the headers of a browser's own request tell."""

    user_agent: str
    has_language: bool
    has_fetch_metadata: bool  # Sec-Fetch-Mode or client hints: https://www.w3.org/TR/fetch-metadata/
    is_secure: bool  # only then do browsers send those


class AgentEvidence(NamedTuple):
    """One test of a user agent."""

    kind: EvidenceKind
    test: Callable[[str], bool]


class RequestEvidence(NamedTuple):
    """One test of the headers beside it."""

    kind: EvidenceKind
    test: Callable[[RequestSigns], bool]


def holds_code(user_agent: str) -> bool:
    """Quotes, brackets and the like: whoever wrote this, it is no user agent, and so silent on software and device."""
    return bool(_CODE.search(user_agent))


def names_no_software(user_agent: str) -> bool:
    """No browser, engine or app that people use."""
    if holds_code(user_agent):
        return False
    if claims_to_be_compatible(user_agent):
        return not _engine().search(user_agent)
    return not (_software().search(user_agent) or parse_agent(user_agent).browser)


def names_no_device(user_agent: str) -> bool:
    """No system and no device, though a page is always read on one."""
    return not (holds_code(user_agent) or _device().search(user_agent) or parse_agent(user_agent).os)


def is_a_bare_word(user_agent: str) -> bool:
    """A word or two without a version, or nothing at all: no browser leaves its version out."""
    return bool(_BARE.fullmatch(user_agent)) and not _VERSIONED.search(user_agent)


def claims_to_be_compatible(user_agent: str) -> bool:
    """``(compatible; Name``, as crawlers write it; of browsers only old ones did, whose names are known."""
    claim = _CLAIM.search(user_agent)
    return claim is not None and claim[1].lower() not in load_table("bots")["marks"]["compatible"]


def gives_a_contact(user_agent: str) -> bool:
    """A web or e-mail address, for whoever runs the site that is read."""
    return bool(_CONTACT.search(user_agent))


def asks_for_no_language(signs: RequestSigns) -> bool:
    """Every browser sends Accept-Language."""
    return not signs.has_language


def lacks_fetch_metadata(signs: RequestSigns) -> bool:
    """Chromium from version 90 on sends it with every secure request."""
    return signs.is_secure and not signs.has_fetch_metadata and bool(_MODERN_CHROMIUM.search(signs.user_agent))


EVIDENCE_OF_AGENT = (
    AgentEvidence(EvidenceKind.SOFTWARE, names_no_software),
    AgentEvidence(EvidenceKind.DEVICE, names_no_device),
    AgentEvidence(EvidenceKind.FORM, is_a_bare_word),
    AgentEvidence(EvidenceKind.FORM, holds_code),
    AgentEvidence(EvidenceKind.CONTACT, gives_a_contact),
)
EVIDENCE_OF_REQUEST = (
    RequestEvidence(EvidenceKind.HEADERS, asks_for_no_language),
    RequestEvidence(EvidenceKind.HEADERS, lacks_fetch_metadata),
)


def kinds_in_agent(user_agent: str) -> frozenset[EvidenceKind]:
    """The kinds of evidence that a user agent alone gives."""
    return frozenset(evidence.kind for evidence in EVIDENCE_OF_AGENT if evidence.test(user_agent))


def kinds_in_request(signs: RequestSigns) -> frozenset[EvidenceKind]:
    """The kinds of evidence that the headers give."""
    return frozenset(evidence.kind for evidence in EVIDENCE_OF_REQUEST if evidence.test(signs))


@cache
def _software() -> re.Pattern[str]:
    return _marks("engine", "software")


@cache
def _engine() -> re.Pattern[str]:
    return _marks("engine")


@cache
def _device() -> re.Pattern[str]:
    return _marks("device")


def _marks(*names: str) -> re.Pattern[str]:
    marks = load_table("bots")["marks"]
    return re.compile(rf"(?:\b|_)(?:{'|'.join(mark for name in names for mark in marks[name])})", re.IGNORECASE)
