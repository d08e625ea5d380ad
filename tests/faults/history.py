"""Events of past months for a second site, and people who look at its dashboard again and again.

`python -m tests.faults.history DATA_DIR SITE_ID` makes the events.
"""

import http.client
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import FootfallServer

from footfall.settings import Settings
from footfall.store import open_embedded

DOMAIN = "history.example"
EVENTS = 300_000
_READERS = 2
_PAUSE_SECONDS = 0.2  # shorter than a question takes under load
_INSERT = """
INSERT INTO events (site_id, local_day, visit_id, timestamp, event_id, name, visitor_id, visit_opened_at,
    visit_opened_day, hostname, path, source, channel, device, browser, country, is_interactive, received_at, batch_id)
SELECT {site:UInt32}, toDate(at), visit, at, number + 1, 'pageview', cityHash64(visit, 1), toStartOfDay(at), toDate(at),
    'history.example', concat('/page-', toString(number % 5000)), 'Google', 'Organic Search', 'desktop', 'Firefox',
    'NL', 1, now() - 200000, 1
FROM (SELECT number, intDiv(number, 4) AS visit,
        toDateTime64(today() - 2 - visit % 90, 3, 'UTC') + intDiv(visit, 90) % 80000 + number % 4 AS at
      FROM numbers({events:UInt64}))
"""
_QUESTION = {
    "site_id": DOMAIN,
    "metrics": ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration"],
    "dimensions": ["event:page"],
    "date_range": "12mo",
}


@contextmanager
def dashboards(server: FootfallServer, key: str) -> Iterator[None]:
    """Heavy questions again and again, by several readers; an error of the server is one of the test."""
    over, errors = threading.Event(), list[str]()
    threads = [threading.Thread(target=_read, args=(server, key, over, errors)) for _ in range(_READERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert errors == []


def _read(server: FootfallServer, key: str, over: threading.Event, errors: list[str]) -> None:
    while not over.wait(_PAUSE_SECONDS):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        try:
            connection.request("POST", "/api/v2/query", json.dumps(_QUESTION), {"Authorization": f"Bearer {key}"})
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):  # it has been killed
            continue
        finally:
            connection.close()
        if answer.status != 200 and server.is_running():
            errors.append(f"{answer.status} {body[:300]!r}")


def main(data_dir: Path, site_id: int) -> None:
    memory = Settings().max_memory_mb * 1_000_000
    engine = open_embedded(data_dir / "store", max_memory_bytes=memory, temporary_dir=data_dir / "tmp")
    client = engine.client()
    client.command(_INSERT, parameters={"site": site_id, "events": EVENTS})
    client.close()
    engine.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
