"""What a visitor may ask of a site's owner: everything that is stored about them, and its erasure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from footfall.app.erasing import Eraser
from footfall.domain import Site
from footfall.domain.calendar import day_of
from footfall.errors import InvalidInput
from footfall.metadata import event_entry
from footfall.profiles import Consents, LastingIds, Profiles
from footfall.query import RAW_TABLES
from footfall.store import Reader, Statement

_MAX_ID = (1 << 64) - 1
_DIGITS = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True)
class VisitorRights:
    """Finds a visitor by the name the site knows, or by the number in an export of events."""

    lasting_ids: LastingIds
    profiles: Profiles
    consents: Consents
    reader: Reader
    eraser: Eraser

    def visitor_ids(self, site: Site, *, user: str = "", visitor: str = "") -> list[int]:
        """Every id of the visitor meant; raises InvalidInput unless exactly one of the two is given."""
        if bool(user) == bool(visitor):
            raise InvalidInput("Name either the user or the visitor.", field="user")
        if user:
            return self.lasting_ids.ever(site, user)
        if not _DIGITS.fullmatch(visitor) or not 0 < int(visitor) <= _MAX_ID:
            raise InvalidInput("The visitor is a number, as visitor_id in an export of events.", field="visitor")
        return [int(visitor)]

    def export(self, site: Site, visitor_ids: Sequence[int]) -> Iterator[bytes]:
        """Everything stored about a visitor, one JSON object a line: profiles, consents, events, what was said."""
        with self.eraser.database.session() as session:
            session.add(event_entry(self.eraser.clock(), "visitor exported", site.id, None, {}))
        self.eraser.settle()
        return self._lines(site, visitor_ids)

    def _lines(self, site: Site, visitor_ids: Sequence[int]) -> Iterator[bytes]:
        for profile in self.profiles.of_visitors(site.id, visitor_ids):
            yield _line("profile", profile)
        for consent in self.consents.of_visitors(site.id, visitor_ids):
            yield _line("consent", consent)
        internal = ", ".join(RAW_TABLES["events"].internal)
        statement = Statement(
            "export.visitor",
            f"SELECT 'event' AS kind, * EXCEPT ({internal}) FROM events WHERE site_id = {{site:UInt32}}"  # noqa: S608 - constants only
            " AND visitor_id IN {visitors:Array(UInt64)} ORDER BY local_day, timestamp, event_id",
            {"site": site.id, "visitors": list(visitor_ids)},
        )
        yield from self.reader.stream(statement, "JSONEachRow")
        told = Statement(
            "export.identities",
            "SELECT 'identity' AS kind, timestamp, visitor_id, hostname, path, props FROM asides"
            " WHERE site_id = {site:UInt32} AND visitor_id IN {visitors:Array(UInt64)} ORDER BY timestamp, event_id",
            statement.parameters,
        )
        yield from self.reader.stream(told, "JSONEachRow")

    def erase(self, site: Site, visitor_ids: Sequence[int]) -> dict[str, Any]:
        """Erase a visitor; tells how many events that were, and which copies are left for the owner to delete."""
        return self._erased(self.eraser.visitors(site, visitor_ids))

    def erase_days(self, site: Site, first: date, last: date) -> dict[str, Any]:
        """Erase the events of the local days ``first`` to ``last``; tells the same."""
        return self._erased(self.eraser.days(site, day_of(first), day_of(last)))

    def _erased(self, events: int) -> dict[str, Any]:
        return {"erased_events": events, "copies_left": self.eraser.copies()}


def _line(kind: str, value: msgspec.Struct) -> bytes:
    return msgspec.json.encode({"kind": kind, **msgspec.to_builtins(value)}) + b"\n"
