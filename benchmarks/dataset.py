"""A year of one site's events, made inside the engine, where a million rows take seconds.

`python -m benchmarks.dataset DATA_DIR` reads [[domain, events, pages], …] as JSON from standard input, fills the store
while no server has it open, rolls up closed days as the server's job does, and prints the bytes an event takes as JSON.
A site that has events already gets no more.
"""

import json
import sys
from contextlib import nullcontext
from pathlib import Path

from clickhouse_connect.driver.client import Client

from footfall.metadata import Database, sqlite_url, system_clock
from footfall.sites import SiteDirectory
from footfall.store import Finaliser, open_embedded
from footfall.store.engine import TABLES

PAGES = 50_000
"""Of an ordinary site."""

_EVENTS_PER_VISIT = 4
_VISITS_PER_INSERT = 250_000
_MEGABYTE = 1_000_000
_STATEMENT = Path(__file__).with_suffix(".sql")


def fill(client: Client, site_id: int, events: int, pages: int, end_ms: int) -> None:
    """Insert about ``events`` events of the year before ``end_ms``; the views fill what derives from them.

    They are views of ``pages`` pages, some far more often than others; 0: each of a page of its own.
    """
    statement, total = _STATEMENT.read_text(), events // _EVENTS_PER_VISIT
    for first in range(0, total, _VISITS_PER_INSERT):
        count = min(_VISITS_PER_INSERT, total - first)
        values = {"site": site_id, "first": first, "count": count, "total": total, "pages": pages, "end_ms": end_ms}
        client.command(statement, parameters=values)


def bytes_per_event(client: Client) -> dict[str, float]:
    """Bytes on disk of each table, per event."""
    parts = "FROM system.parts WHERE active AND database = currentDatabase() AND table != 'schema_migrations'"
    events = client.query(f"SELECT sum(rows) {parts} AND table = 'events'").result_rows[0][0]
    rows = client.query(f"SELECT table, sum(bytes_on_disk) {parts} GROUP BY table").result_rows
    return {table: size / events for table, size in rows}


def main() -> None:
    data_dir = Path(sys.argv[1])
    sites = SiteDirectory(Database(sqlite_url(data_dir)), system_clock)
    engine = open_embedded(data_dir / "store", max_memory_bytes=3000 * _MEGABYTE, temporary_dir=data_dir / "tmp")
    client = engine.writing_client()
    filled = {row[0] for row in client.query("SELECT DISTINCT site_id FROM events").result_rows}
    for domain, events, pages in json.load(sys.stdin):
        site = sites.by_domain(domain)
        assert site is not None
        if site.id not in filled:
            fill(client, site.id, events, pages, system_clock())
    finaliser = Finaliser(engine, nullcontext)
    finaliser.run(sites.all(), system_clock())
    finaliser.close()
    for table in TABLES:  # as background merges leave a year of it
        client.command(f"OPTIMIZE TABLE {table} FINAL")
    print(json.dumps(bytes_per_event(client)))
    client.close()
    engine.close()


if __name__ == "__main__":
    main()
