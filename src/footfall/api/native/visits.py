"""The report of single visits, each under a friendly name of its visitor."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from footfall.api.native.asked import Answers, Asked, Report, Row, Table
from footfall.query import Visit, list_visits

_COUNTED = ("pageviews", "events")


async def visits(answers: Answers, report: Report, asked: Asked) -> Table:
    """One row for each visit of a page, newest first."""
    counted = await answers.ask(asked, ("visits",))
    found = await list_visits(answers.reader, answers.site, counted, limit=asked.limit, offset=asked.offset)
    rows = [_row(visit, answers) for visit in found]
    return Table(rows, counted.range, int(counted.rows[0].metrics[0] or 0))


def _row(visit: Visit, answers: Answers) -> Row:
    rest = visit._asdict()
    for name in ("visitor_id", "started_ms", "ended_ms"):
        del rest[name]
    return {
        "visitor": answers.visitor_name(visit.visitor_id),
        "started_at": _on_clock(visit.started_ms, answers.site.zone),
        "seconds": (visit.ended_ms - visit.started_ms) // 1000,
        **rest,
    }


def _on_clock(ms: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone).isoformat(timespec="seconds")
