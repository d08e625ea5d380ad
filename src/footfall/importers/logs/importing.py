"""The import of one log: read, sift, number, send, and add up what became of each line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from footfall.importers.batches import BatchEvent, Delivery, Send, deliver
from footfall.importers.logs.events import EventMaker
from footfall.importers.logs.formats import LogFormat
from footfall.importers.logs.reading import read_log
from footfall.importers.logs.request import LoggedRequest, Skipped, SkipReason
from footfall.importers.logs.sieve import Sieve, Test

_MALFORMED_KEPT = 20


@dataclass
class Summary:
    """What became of a log's lines; ``malformed`` keeps the first few that could not be read."""

    read: int = 0
    skipped: Counter[SkipReason] = field(default_factory=Counter)
    malformed: list[Skipped] = field(default_factory=list)
    delivery: Delivery = field(default_factory=Delivery)

    def skip(self, line: Skipped) -> None:
        """Count a line that gives no page view."""
        self.skipped[line.reason] += 1
        if line.reason is SkipReason.MALFORMED and len(self.malformed) < _MALFORMED_KEPT:
            self.malformed.append(line)


def import_logs(
    lines: Iterable[str],
    log_format: LogFormat,
    domain: str,
    *,
    key: bytes,
    send: Send,
    exclusions: Sequence[Test] = (),
) -> Summary:
    """Send the page views among ``lines`` as events of the site ``domain``.

    ``key`` makes the event ids: the same key and log make the same ids, so a second run adds nothing.
    """
    summary = Summary()
    entries = read_log(lines, log_format)
    events = _events(entries, Sieve(domain, exclusions), EventMaker(domain, key), summary)
    deliver(events, send, summary.delivery)
    return summary


def _events(
    entries: Iterable[LoggedRequest | Skipped], sieve: Sieve, maker: EventMaker, summary: Summary
) -> Iterator[BatchEvent]:
    for entry in entries:
        summary.read += 1
        if isinstance(entry, Skipped):
            summary.skip(entry)
            continue
        event = maker.event_of(entry)  # numbers the request, whether it is a view or not
        if reason := sieve.reason_against(entry):
            summary.skip(Skipped(entry.line_number, reason))
            continue
        yield event
