"""The engine alone: the statements of questions, run on a store that no server has open.

`python -m benchmarks.bare DATA_DIR` reads [domain, rounds, [[name, question], …]] as JSON from standard input and
prints the milliseconds of each question's rounds as JSON.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from footfall.domain import Site
from footfall.metadata import Database, sqlite_url, system_clock
from footfall.query.ask import plan_of
from footfall.query.compile import compile_plan
from footfall.sites import SiteDirectory
from footfall.store import Reader, open_embedded

_MEGABYTE = 1_000_000


def main() -> None:
    data_dir = Path(sys.argv[1])
    domain, rounds, questions = json.load(sys.stdin)
    site = SiteDirectory(Database(sqlite_url(data_dir)), system_clock).by_domain(domain)
    assert site is not None
    engine = open_embedded(data_dir / "store", max_memory_bytes=1000 * _MEGABYTE, temporary_dir=data_dir / "tmp")
    reader = Reader(engine, threads=1, timeout_seconds=60, max_memory_bytes=750 * _MEGABYTE)
    print(json.dumps([_times(reader, site, question, rounds) for _, question in questions]))
    reader.close()
    engine.close()


def _times(reader: Reader, site: Site, question: dict[str, Any], rounds: int) -> list[float]:
    plan = asyncio.run(plan_of(reader, site, question, datetime.now(UTC)))
    statement = compile_plan(plan, site)
    times = []
    for _ in range(rounds + 1):
        began_at = time.perf_counter()
        reader.run(statement)
        times.append((time.perf_counter() - began_at) * 1000)
    return times[1:]


if __name__ == "__main__":
    main()
