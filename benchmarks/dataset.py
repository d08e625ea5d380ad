"""A year of one site's events, made inside the engine, where a million rows take seconds.

`python -m benchmarks.dataset STORE` reads {"site id": events} as JSON from standard input, fills the store while no
server has it open, and prints the bytes an event takes as JSON.
"""

import json
import sys
import time
from pathlib import Path

from clickhouse_connect.driver.client import Client

from footfall.store import open_embedded

_EVENTS_PER_VISIT = 4
_VISITS_PER_INSERT = 250_000
_MEGABYTE = 1_000_000
_STATEMENT = Path(__file__).with_suffix(".sql")


def fill(client: Client, site_id: int, events: int, end_ms: int) -> None:
    """Insert about ``events`` events of the year before ``end_ms``; the views fill what derives from them."""
    statement, total = _STATEMENT.read_text(), events // _EVENTS_PER_VISIT
    for first in range(0, total, _VISITS_PER_INSERT):
        count = min(_VISITS_PER_INSERT, total - first)
        values = {"site": site_id, "first": first, "count": count, "total": total, "end_ms": end_ms}
        client.command(statement, parameters=values)


def bytes_per_event(client: Client) -> dict[str, float]:
    """Bytes on disk of each table, per event."""
    parts = "FROM system.parts WHERE active AND database = currentDatabase()"
    events = client.query(f"SELECT sum(rows) {parts} AND table = 'events'").result_rows[0][0]
    rows = client.query(f"SELECT table, sum(bytes_on_disk) {parts} GROUP BY table").result_rows
    return {table: size / events for table, size in rows}


def main() -> None:
    store = Path(sys.argv[1])
    engine = open_embedded(store, max_memory_bytes=3000 * _MEGABYTE, temporary_dir=store.parent / "tmp")
    client = engine.writing_client()
    for site_id, events in json.load(sys.stdin).items():
        fill(client, int(site_id), events, int(time.time() * 1000))
    for table in ("events", "visits"):  # as background merges leave a year of it
        client.command(f"OPTIMIZE TABLE {table} FINAL")
    print(json.dumps(bytes_per_event(client)))
    client.close()


if __name__ == "__main__":
    main()
