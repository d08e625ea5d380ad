"""Sends a labelled text through the very code of its place, and judges what would be stored."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from tests.unit.enrich.personal.corpus import Labelled

from footfall.enrich import mask_personal, mask_properties, parse_page, scrub_referrer

_READABLE = 6
"""So many signs in a row of what is secret are one leak."""

_OTHER_SITE = "https://other.example"

_STORED: Mapping[str, Callable[[str], str]] = {
    "path": lambda sent: parse_page(f"https://example.com{sent}").path,
    "referrer": lambda sent: scrub_referrer(f"{_OTHER_SITE}{sent}", "example.com").removeprefix(_OTHER_SITE),
    "property": lambda sent: mask_properties({"note": sent})["note"],
    "title": mask_personal,
    "name": mask_personal,
    "key": lambda sent: next(iter(mask_properties({sent: "yes"}))),
    "campaign": lambda sent: parse_page(f"https://example.com/?utm_campaign={sent}").campaign.utm_campaign,
}


class Verdict(NamedTuple):
    """What became of a text."""

    text: Labelled
    stored: str

    @property
    def is_changed(self) -> bool:
        return self.stored.rstrip("/") != self.text.plain[: 200 if self.text.place == "campaign" else None].rstrip("/")

    @property
    def leaks(self) -> bool:
        """Whether part of the secret can still be read."""
        secret, stored = _bare(self.text.secret), _bare(unquote(unquote(self.stored)))
        parts = {secret[at : at + _READABLE] for at in range(max(1, len(secret) - _READABLE + 1))}
        return bool(secret) and any(part in stored for part in parts)


class Figures(NamedTuple):
    """Of one kind: how many texts, how many of them leak, how many are changed."""

    texts: int
    leaking: int
    changed: int


def judged(texts: Iterable[Labelled]) -> list[Verdict]:
    return [Verdict(text, _STORED[text.place](text.sent)) for text in texts]


def by_kind(verdicts: Iterable[Verdict]) -> dict[str, Figures]:
    texts, leaking, changed = Counter[str](), Counter[str](), Counter[str]()
    for verdict in verdicts:
        kind = verdict.text.kind
        texts[kind] += 1
        leaking[kind] += verdict.leaks
        changed[kind] += verdict.is_changed
    return {kind: Figures(texts[kind], leaking[kind], changed[kind]) for kind in texts}


def _bare(text: str) -> str:
    """Letters and digits alone, so that other separators hide nothing."""
    return "".join(filter(str.isalnum, text.casefold()))
