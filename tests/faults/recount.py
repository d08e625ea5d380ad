"""What an install holds, counted anew: `python -m tests.faults.recount DATA_DIR`, in a process of its own.

Opening the install mends it first, as a start of the server would; `--kill-after STEP` dies while it does.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults.killing import killer_after
from tests.faults.rig import DOMAIN

from footfall.app import Install, open_install
from footfall.app.check import check_install
from footfall.app.collector import spare_what_is_there
from footfall.app.metrics import metrics_text
from footfall.metadata.clock import system_clock
from footfall.settings import Settings
from footfall.store import Statement

GAP_MS = 30 * 60_000


class Row(NamedTuple):
    """One stored event."""

    site_id: int
    visitor_id: int
    visit_id: int
    opened_day: int
    local_day: int
    at_ms: int
    event_id: int
    name: str
    is_interactive: bool
    path: str


_OF_SITE = "WHERE site_id = {site:UInt32}"  # not the one that has a history
_EVENTS = (
    "SELECT site_id, visitor_id, visit_id, toUInt16(visit_opened_day), toUInt16(local_day),"
    " toUnixTimestamp64Milli(timestamp), event_id, toString(name), is_interactive, path FROM events"
    f" {_OF_SITE}"
)
_VISITS = (
    "SELECT site_id, toUInt16(opened_day), visit_id, visitor_id, toUnixTimestamp64Milli(started_at),"
    " toUnixTimestamp64Milli(ended_at), toUnixTimestamp64Milli(active_until), pageviews, events, interactions,"
    f" tupleElement(entry, 'path'), tupleElement(exit, 'path') FROM visits FINAL {_OF_SITE}"
)
_CRAWLER_VIEWS = f"SELECT path FROM crawler_views {_OF_SITE}"
_SPANS = f"SELECT site_id, max(days) FROM visit_spans {_OF_SITE} GROUP BY site_id"


def recount(install: Install) -> dict[str, Any]:
    """Everything the tests ask about, as JSON can hold it."""
    rows = [Row(*row) for row in _ask(install, _EVENTS)]
    visits, expected = {tuple(row) for row in _ask(install, _VISITS)}, set(_visits_of(rows))
    return {
        "ids": [path.removeprefix("/") for path in (*(row.path for row in rows), *_crawled(install))],
        "crawled": len(_crawled(install)),
        "wrong_visits": sorted(map(str, visits ^ expected)),
        "split_visits": sorted(map(str, _split_visits(rows))),
        "spans": dict(_ask(install, _SPANS)) == _spans_of(rows),
        "waiting": install.storage.spool.depth()[0],
        "metrics": metrics_text(install),
        "findings": {finding.name: finding.is_fine for finding in check_install(install)},
    }


def _visits_of(rows: list[Row]) -> Iterable[tuple[Any, ...]]:
    """Visits by the book: what METRICS calls start, end, pages and entry, from their events alone."""
    for (site_id, opened_day, visit_id), events in _grouped(rows, "site_id", "opened_day", "visit_id").items():
        counted = [event for event in events if event.name != "engagement"]
        pages = [event for event in events if event.name == "pageview"]
        custom = [event for event in counted if event.name != "pageview" and event.is_interactive]
        yield (
            *(site_id, opened_day, visit_id, events[0].visitor_id),
            *(counted[0].at_ms, counted[-1].at_ms, events[-1].at_ms),
            *(len(pages), len(counted), len(custom)),
            *((pages[0].path, pages[-1].path) if pages else ("", "")),
        )


def _split_visits(rows: list[Row]) -> Iterable[Row]:
    """Events within half an hour of the one before that stand in another visit, or later ones in the same."""
    for events in _grouped(rows, "site_id", "visitor_id").values():
        for before, event in pairwise(events):
            if (event.visit_id == before.visit_id) != (event.at_ms - before.at_ms <= GAP_MS):
                yield event


def _crawled(install: Install) -> list[str]:
    return [path for (path,) in _ask(install, _CRAWLER_VIEWS)]


def _spans_of(rows: list[Row]) -> dict[int, int]:
    spans: dict[int, int] = {}
    for row in rows:
        days = row.local_day - row.opened_day
        if days > 0:
            spans[row.site_id] = max(days, spans.get(row.site_id, 0))
    return spans


def _grouped(rows: list[Row], *names: str) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.at_ms, row.event_id)):
        groups[tuple(getattr(row, name) for name in names)].append(row)
    return groups


def _ask(install: Install, sql: str) -> list[tuple[Any, ...]]:
    site = install.sites.by_domain(DOMAIN)
    assert site is not None
    return install.storage.reader.run(Statement("recount", sql, {"site": site.id}))


def main(data_dir: str, *options: str) -> None:
    """Open, mend, wait until nothing waits, print."""
    step = options[1] if options else ""
    with open_install(Settings(data_dir=Path(data_dir)), system_clock, after_step=killer_after(step)) as install:
        install.storage.applier.stop()
        print(json.dumps(recount(install)))


if __name__ == "__main__":
    spare_what_is_there()  # as every command does
    main(*sys.argv[1:])
