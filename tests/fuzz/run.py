"""`python -m tests.fuzz.run FOLDER CASES SEED`: sends so many broken requests to a whole install and reports.

A process of its own, because the embedded store allows one folder for each; and because what hangs can be ended.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.client import Client, Wire
from tests.fuzz.mutation import mutated
from tests.fuzz.seeds import Names, Seed, seeds
from tests.fuzz.verdict import complaint

from footfall.app import Install, open_install, web_app
from footfall.app.collector import spare_what_is_there
from footfall.collect.umami.websites import website_id
from footfall.metadata.clock import system_clock
from footfall.settings import Settings
from footfall.store import Statement

_SIDE_BY_SIDE = 200
_STUCK_SECONDS = 20
_KEYS = 100  # GoatCounter's protocol allows each four requests a second

_TEXTS = ("name", "hostname", "path", "source", "referrer", "utm_campaign", "city")
_UNREADABLE = " OR ".join(f"NOT isValidUTF8({column}) OR position({column}, char(0)) > 0" for column in _TEXTS)


@dataclass
class Report:
    """What came of a run."""

    cases: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    stored: int = 0
    unreadable: int = 0


def main(folder: str, cases: str, seed: str) -> None:
    """Print the report as JSON."""
    settings = Settings(data_dir=Path(folder), max_memory_mb=800)
    with open_install(settings, system_clock) as install:
        spare_what_is_there()  # as the server does
        names = _names(install)
        report = asyncio.run(_run(install, names, int(cases), random.Random(int(seed))))
        _ask_store(install, report)
    print(json.dumps(vars(report)))


def _names(install: Install) -> Names:
    site = install.sites.create("alice.example", "Europe/Berlin")
    keys = tuple(install.people.keys.create(["events:write"], site_id=site.id) for _ in range(_KEYS))
    return Names(site.domain, site.public_id, website_id(site), keys)


async def _run(install: Install, names: Names, cases: int, rng: random.Random) -> Report:
    client, report, doors = Client(web_app(install)), Report(), seeds(names)
    while report.cases < cases:
        batch = [rng.choice(doors) for _ in range(min(_SIDE_BY_SIDE, cases - report.cases))]
        requests = [mutated(rng, door, names.keys) for door in batch]
        wires = await client.send([_parts(rng, request) for request in requests], _STUCK_SECONDS)
        for door, request, wire in zip(batch, requests, wires, strict=True):
            _judge(report, door, request, wire)
    await _until_stored(client, names)
    return report


def _parts(rng: random.Random, request: bytes) -> list[bytes]:
    """As packets may cut it, after the line with the path."""
    if rng.random() < 0.8 or len(request) < 500:
        return [request]
    places = sorted(rng.sample(range(200, len(request)), 2))
    return [request[: places[0]], request[places[0] : places[1]], request[places[1] :]]


def _judge(report: Report, door: Seed, request: bytes, wire: Wire) -> None:
    report.cases += 1
    outcome = "pages" if wire.is_for_pages else wire.written[9:12].decode() or "closed"
    report.statuses[f"{door.shape} {outcome}"] += 1
    wrong = complaint(door.shape, wire.written)
    if wrong and len(report.complaints) < 20:
        report.complaints.append(f"{wrong} after {request[:1500]!r}")


async def _until_stored(client: Client, names: Names) -> None:
    body = json.dumps({"site": names.domain, "events": [{"name": "last", "url": "/", "visitor": "last"}]}).encode()
    head = f"POST /api/v1/events?wait=true HTTP/1.1\r\nAuthorization: Bearer {names.keys[0]}\r\n"
    [wire] = await client.send([[head.encode() + b"Content-Length: %d\r\n\r\n%b" % (len(body), body)]], 60)
    assert wire.written.startswith(b"HTTP/1.1 202"), wire.written


def _ask_store(install: Install, report: Report) -> None:
    """Every text that came through can be read, grouped and handed out."""
    props = "mapExists((k, v) -> NOT isValidUTF8(k) OR NOT isValidUTF8(v) OR position(k || v, char(0)) > 0, props)"
    counts = f"SELECT count(), countIf({_UNREADABLE} OR {props}) FROM events"
    report.stored, report.unreadable = install.storage.reader.run(Statement("fuzz.count", counts, {}))[0]
    grouped = f"SELECT {', '.join(_TEXTS)}, props, count() FROM events GROUP BY ALL ORDER BY ALL"
    install.storage.reader.run(Statement("fuzz.texts", grouped, {}))


if __name__ == "__main__":
    main(*sys.argv[1:])
