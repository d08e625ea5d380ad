"""Entries of the audit log as people read them: what was changed from what to what, and through what."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from footfall.accounts import Entry
from footfall.domain.calendar import date_of
from footfall.domain.roles import ROLE_NAMES
from footfall.texts import Phrase, reader
from footfall.web.audit_names import action_name, actor_name, column_name, via_name
from footfall.web.dates import day_title

_NOTHING = "–"
_MOST = 120
_ROLES: Mapping[str, str] = {role.value: name for role, name in ROLE_NAMES.items()}
# What a value of a column stands for; others are shown as they are.
_READ: Mapping[str, Callable[[Any], str]] = {
    "first_day": lambda day: day_title(date_of(day)),
    "last_day": lambda day: day_title(date_of(day)),
    "expires_ms": lambda at_ms: day_title(datetime.fromtimestamp(at_ms / 1000, UTC).date()),
    "role": lambda role: reader().of(_ROLES.get(role, role)),
}
LEFT_OUT = ("owner_id", "team_id", "public_id", "channel_rules")
"""What is told elsewhere, or tells people nothing."""


class Detail(NamedTuple):
    """One thing of an entry: its name, and what it is; of a change also what it was."""

    name: str
    now: str
    before: str = ""


class Line(NamedTuple):
    """One row of the page."""

    at: str
    actor: str
    action: str
    subject: str
    place: str
    details: list[Detail]
    via: str
    network: str


def line_of(entry: Entry, zone: ZoneInfo) -> Line:
    """The row of an entry, on the clock of ``zone``; made while its page is written, in the words of who reads it."""
    at = datetime.fromisoformat(entry.at).astimezone(zone)
    return Line(
        at=f"{day_title(at.date())}, {at:%H:%M:%S}",
        actor=actor_name(entry.actor),
        action=action_name(entry.action),
        subject=actor_name(entry.subject) if entry.subject != entry.actor else "",
        place=entry.site or entry.team,
        details=list(_details(entry)),
        via=via_name(entry.via),
        network=entry.network,
    )


def _details(entry: Entry) -> list[Detail]:
    if entry.detail.get("own"):
        return [Detail(reader().of(Phrase("kept for one person alone")), "")]
    is_change = entry.action.endswith(" changed")
    told = [(name, value) for name, value in entry.detail.items() if name not in LEFT_OUT]
    if not is_change:  # what was not filled in says nothing
        told = [(name, value) for name, value in told if value not in (None, "", "{}", [], {}, False, 0)]
    return [_detail(name, value, is_change=is_change) for name, value in told]


def _detail(name: str, value: Any, *, is_change: bool) -> Detail:
    words = column_name(name)
    if is_change and isinstance(value, list) and len(value) == 2:
        return Detail(words, _text(name, value[1]), _text(name, value[0]))
    return Detail(words, _text(name, value))


def _text(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return _NOTHING
    if isinstance(value, bool):
        return reader().of(Phrase("on") if value else Phrase("off"))
    if name in _READ:
        return _READ[name](value)
    if isinstance(value, dict):
        return _cut(", ".join(f"{column_name(key)} {_text('', one)}" for key, one in value.items()))
    if isinstance(value, list):
        return _cut(", ".join(_text("", one) for one in value))
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
