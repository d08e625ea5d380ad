"""The rule of the ledger: what must be true of an install after whatever was done to it."""

import re
from collections import Counter
from typing import Any

_SAMPLE = re.compile(r"^(footfall_\w+)(?:\{[^}]*\})? (\S+)$", re.MULTILINE)
_CAME_IN = ("footfall_events_received_total", "footfall_events_found")
_WENT_TO = (
    *("footfall_events_stored_total", "footfall_events_waiting", "footfall_events_dropped_total"),
    *("footfall_events_rejected_total", "footfall_events_duplicate_total", "footfall_events_damaged_total"),
)


def complaints(acknowledged: set[str], found: dict[str, Any], *, expected: frozenset[str]) -> list[str]:
    """What is wrong, a line each; ``expected`` are findings of `footfall check` that the fault has left behind."""
    ids = Counter(found["ids"])
    wrong = {
        "acknowledged, not stored": acknowledged - ids.keys(),
        "stored twice": {event_id for event_id, count in ids.items() if count > 1},
        "visits that differ from their events": found["wrong_visits"],
        "visits cut in two, or joined": found["split_visits"],
        "spans that differ from the events": [] if found["spans"] else ["spans"],
        "views by machines": [] if found["crawled"] else ["none got through"],
        "still waiting": range(found["waiting"]),
        "found by footfall check": found["findings"].keys() - expected - passed(found),
        "books": book_keeping(found["metrics"]),
    }
    return [f"{what}: {len(those)}, such as {sorted(those)[:3]}" for what, those in wrong.items() if those]


def passed(found: dict[str, Any]) -> set[str]:
    """The checks of `footfall check` that were fine."""
    return {name for name, is_fine in found["findings"].items() if is_fine}


def book_keeping(metrics: str) -> list[str]:
    """What does not add up in `/metrics`: every event that came in went to one place."""
    sums: Counter[str] = Counter()
    for name, value in _SAMPLE.findall(metrics):
        sums[name] += int(float(value))
    came_in, went = (sum(sums[name] for name in names) for names in (_CAME_IN, _WENT_TO))
    return [] if came_in == went else [f"{name} {sums[name]}" for name in (*_CAME_IN, *_WENT_TO)]
