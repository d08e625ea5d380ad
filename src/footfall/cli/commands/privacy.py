"""`footfall privacy scan`: is anything stored that must not be?"""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
import msgspec

from footfall.app.privacy_scan import SCAN_SITES
from footfall.cli.connection import Connection, connect
from footfall.errors import InvalidInput
from footfall.privacy.canaries import Canary, browser_requests, canaries, keyed_events
from footfall.privacy.control import Control, control_files
from footfall.privacy.needles import Needle
from footfall.privacy.scan import Report, Scan
from footfall.settings import Settings

_PEOPLE = 24
_SHORTEST_NEEDLE = 6


class Verdict(msgspec.Struct):
    """What a whole scan came to."""

    control: Control
    report: Report
    sent: int = 0
    taken: int = 0

    @property
    def is_clean(self) -> bool:
        """Nothing found, by a scan that finds what is there."""
        return not (self.report.findings or self.report.unread or self.control.missed) and self.taken == self.sent


@click.group()
def privacy() -> None:
    """Proof of what is not stored."""


@privacy.command()
@click.option("--logs", multiple=True, type=click.Path(path_type=Path, exists=True), help="Look in this too.")
@click.option("--for", "texts", multiple=True, metavar="TEXT", help="Look for this too: an address, a name, a secret.")
@click.option("--for-file", type=click.File(), help="Look for each line of this file too; - reads standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def scan(
    settings: Settings, logs: tuple[Path, ...], texts: tuple[str, ...], for_file: TextIO | None, as_json: bool
) -> None:
    """Send made-up visitors, then look for them in every file; exits with 1 where anything is found."""
    given = _given(texts, for_file)
    verdict = _scan(settings, logs, given)
    click.echo(msgspec.json.encode(verdict).decode() if as_json else _told(verdict))
    if not verdict.is_clean:
        raise SystemExit(1)


def _given(texts: tuple[str, ...], for_file: TextIO | None) -> list[Needle]:
    lines = [*texts, *(line.strip() for line in for_file or ())]
    needles = [Needle(f"given {number}", text) for number, text in enumerate(lines, start=1) if text]
    for needle in needles:
        if len(needle.text) < _SHORTEST_NEEDLE:
            raise InvalidInput(f"{needle.label} is too short to tell; give at least {_SHORTEST_NEEDLE} characters.")
    return needles


def _scan(settings: Settings, logs: tuple[Path, ...], given: list[Needle]) -> Verdict:
    people, domain = canaries(_PEOPLE), f"{secrets.token_hex(4)}{SCAN_SITES}"
    needles = [*given, *(needle for person in people for needle in person.needles())]
    verdict = Verdict(control_files(), Report())
    route = f"/internal/privacy-scans/{domain}"
    try:
        with connect(settings) as connection:
            site = connection.call("PUT", route)
            _send(connection, people, site["public_id"], domain, verdict)
            answer = connection.call("POST", f"{route}/columns", json={"needles": [list(each) for each in needles]})
        verdict.control.add(msgspec.convert(answer["control"], Control))
        verdict.report.add(msgspec.convert(answer["report"], Report))
        # Not while this process has a database open: closing a file of SQLite drops the process's locks on it.
        verdict.report.add(Scan(needles).files([settings.data_dir.resolve(), *(path.resolve() for path in logs)]))
    finally:
        with connect(settings) as connection:
            connection.call("DELETE", route)
    return verdict


def _send(connection: Connection, people: list[Canary], public_id: str, domain: str, verdict: Verdict) -> None:
    """Send the canaries as browsers and as a server would; returns once all can be queried."""
    for request in browser_requests(people, public_id, domain):
        answer = connection.call("POST", "/api/v1/event", json=request.body, headers=request.headers)
        verdict.sent += 1
        verdict.taken += answer["accepted"]
    events = keyed_events(people, domain)
    answer = connection.call("POST", "/api/v1/events?wait=true", json={"site": domain, "events": events})
    verdict.sent += len(events)
    verdict.taken += answer["accepted"]


def _told(verdict: Verdict) -> str:
    return "\n".join(_lines(verdict))


def _lines(verdict: Verdict) -> Iterator[str]:
    report, control = verdict.report, verdict.control
    yield f"{_mark(not control.missed)} control: {control.found:,} of {control.planted:,} found"
    yield from (f"  not found: {missed}" for missed in control.missed)
    yield f"{_mark(verdict.taken == verdict.sent)} made-up events: {verdict.taken:,} of {verdict.sent:,} taken"
    yield (
        f"{_mark(not report.unread)} looked at: {report.files:,} files ({_megabytes(report.size_bytes)}),"
        f" {report.columns:,} columns, {_megabytes(report.unpacked_bytes)} unpacked"
    )
    yield from (f"  could not be read: {place}" for place in report.unread)
    yield f"{_mark(not report.findings)} found: {sum(finding.count for finding in report.findings):,}"
    yield from (f"  {each.count:,} × {each.label} as {each.encoding} in {each.place}" for each in report.findings)


def _mark(is_fine: bool) -> str:
    return click.style("✓", fg="green") if is_fine else click.style("✗", fg="red")


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:,.1f} MB"
