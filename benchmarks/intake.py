"""Intake: how many events a second, how soon they are acknowledged and seen, and what happens past the limit.

Every rate is a median over rounds, each with the no-op server beside it in the same run.
"""

import gzip
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from statistics import median

from benchmarks.beside import beside, carry_out
from benchmarks.figures import Figure, milliseconds
from benchmarks.load import Measured, Plan
from benchmarks.querying import Asker
from benchmarks.server import Footfall, Serving, serving_noop

DOMAIN = "bench.example"
ROUNDS = 5
SECONDS = 6.0
CONNECTIONS = 128
BATCH = 100
BATCH_CONNECTIONS = 16
STEADY_RATE = 1_000
PROBES = 60
OVERLOAD_SECONDS = 12.0
CROWDS = (1_000, 6_000)
_WARM_SECONDS = 3.0
_ID_STEP = 1 << 40


class Bench:
    """A serving install with one site, and the plans for loading it; every plan sends ids of its own."""

    def __init__(self, serving: Serving, site: str, key: str) -> None:
        self.serving = serving
        self._site = site
        self._key = key
        self._plans = 0

    def singles(self, seconds: float = SECONDS, *, rate: int = 0, connections: int = CONNECTIONS) -> Measured:
        """Single events of browsers."""
        return self._send(Plan(self.serving.port, seconds, connections, site=self._site, domain=DOMAIN, rate=rate))

    def batches(self, seconds: float = SECONDS) -> Measured:
        """Requests of a hundred events from someone who holds a key."""
        plan = Plan(self.serving.port, seconds, BATCH_CONNECTIONS, domain=DOMAIN, key=self._key, batch=BATCH)
        return self._send(plan)

    def _send(self, plan: Plan) -> Measured:
        self._plans += 1
        plan = Plan(**{**asdict(plan), "first_id": self._plans * _ID_STEP})
        return carry_out(plan)


def measure_intake(install: Footfall) -> Iterator[Figure]:
    """Every figure of intake, on a fresh install with one site."""
    site = install.add_site(DOMAIN)
    scopes = ("--scope", "events:write", "--scope", "stats:read")
    key = install.command("key", "create", "--site", DOMAIN, *scopes)
    with install.serving() as serving:
        yield Figure("memory, idle", f"{serving.resident_mb():,.0f} MB", "resident, engine open")
        yield _tracker(serving, site)
        bench = Bench(serving, site, key)
        rates = _rates(bench)
        yield from _rate_figures(rates)
        yield from _latencies(bench)
        yield _visible(bench, Asker(serving.port, DOMAIN, key))
        yield _beside_queries(bench, Asker(serving.port, DOMAIN, key))
        yield from _overload(bench)


def _rates(bench: Bench) -> dict[str, list[float]]:
    """Events a second of each kind, round by round; and how long the store then needs to have all of them."""
    bench.singles(_WARM_SECONDS)
    bench.batches(_WARM_SECONDS)
    rates: dict[str, list[float]] = {"no-op": [], "single": [], "batch": [], "stored after": [], "flooded p99": []}
    for _ in range(ROUNDS):
        rates["no-op"].append(_noop())
        single = bench.singles()
        rates["stored after"].append(bench.serving.seconds_until_stored())
        rates["single"].append(single.per_second)
        rates["flooded p99"].append(sorted(single.latencies_ms)[int(len(single.latencies_ms) * 0.99)])
        batch = bench.batches()
        rates["batch"].append(batch.per_second)
        bench.serving.seconds_until_stored()
    return rates


def _rate_figures(rates: dict[str, list[float]]) -> Iterator[Figure]:
    noop, single = median(rates["no-op"]), median(rates["single"])
    rounds = f"median of {ROUNDS} × {SECONDS:g} s"
    yield Figure("no-op route, plain ASGI on uvicorn", f"{noop:,.0f} /s", f"{rounds}, {CONNECTIONS} connections")
    load = "2,000 user agents, 50,000 URLs"
    yield Figure("intake, single events", f"{single:,.0f} /s", f"{rounds}, {load}, {single / noop:.0%} of no-op")
    yield Figure("ack p99, flooded", f"{median(rates['flooded p99']):,.0f} ms", f"{CONNECTIONS} connections")
    yield Figure("all stored after the last answer", f"{median(rates['stored after']):,.1f} s", "spool empty")
    yield Figure(f"intake, batches of {BATCH}", f"{median(rates['batch']):,.0f} /s", f"{rounds}, events acknowledged")


def _latencies(bench: Bench) -> Iterator[Figure]:
    serving = bench.serving
    used_before, began_at = serving.cpu_seconds(), time.perf_counter()
    steady = bench.singles(10.0, rate=STEADY_RATE)
    used = (serving.cpu_seconds() - used_before) / (time.perf_counter() - began_at)
    cell = milliseconds(steady.latencies_ms, 0.5, 0.99)
    yield Figure(f"ack p50 / p99 at {STEADY_RATE:,} /s", cell, f"{_statuses(steady.statuses)}, {used:.0%} of a core")


def _visible(bench: Bench, asker: "Asker") -> Figure:
    """From the acknowledgement of an event to the first answer of the stats API that has it."""
    with beside(lambda _: bench.singles(PROBES * 0.7, rate=STEADY_RATE)):
        waits = [asker.milliseconds_until_visible(number) for number in range(PROBES)]
    cell = milliseconds(waits, 0.5, 0.99)
    return Figure("visible after the ack p50 / p99", cell, f"{PROBES} events, {STEADY_RATE:,} others a second")


def _beside_queries(bench: Bench, asker: "Asker") -> Figure:
    """Rounds with and without questions in turn; the questions follow each other without a pause."""
    alone, accompanied = [], []
    for _ in range(3):
        alone.append(bench.singles().events)
        with beside(asker.ask_until):
            accompanied.append(bench.singles().events)
    asked = f"median of 3, {asker.asked:,} questions over 30 days meanwhile"
    return Figure("intake beside queries", f"{median(accompanied) / median(alone):.0%} of alone", asked)


def _overload(bench: Bench) -> Iterator[Figure]:
    """Twice of what connections get through is asked of them, each with one request under way as browsers have.

    Many cost more an event than few do, asked too much or not: they are compared with themselves, and with the few.
    """
    peak = [0.0]

    def watch(ends: threading.Event) -> None:
        while not ends.wait(0.5):
            peak[0] = max(peak[0], bench.serving.resident_mb())

    of_own: defaultdict[int, list[float]] = defaultdict(list)
    of_few: defaultdict[int, list[float]] = defaultdict(list)
    statuses: defaultdict[int, Counter[str]] = defaultdict(Counter)
    with beside(watch):
        for _ in range(ROUNDS):
            few = 0.0
            for connections in (CONNECTIONS, *CROWDS):
                capacity = bench.singles(OVERLOAD_SECONDS, connections=connections).per_second
                flood = bench.singles(OVERLOAD_SECONDS, rate=int(2 * capacity), connections=connections)
                few = few or capacity
                of_own[connections].append(flood.per_second / capacity)
                of_few[connections].append(flood.per_second / few)
                statuses[connections].update(flood.statuses)
    for connections, shares in of_own.items():
        crowd = f", {median(of_few[connections]):.0%} of that of {CONNECTIONS}" if connections in CROWDS else ""
        rounds = f"median of {ROUNDS} × {OVERLOAD_SECONDS:g} s{crowd}, {_statuses(statuses[connections])}"
        yield Figure(f"twice the capacity, {connections:,} connections", f"{median(shares):.0%} accepted", rounds)
    yield Figure("memory, at full load", f"{peak[0]:,.0f} MB", "resident, peak while overloaded")


def _tracker(serving: Serving, site: str) -> Figure:
    script = serving.get(f"/js/{site}.js")
    return Figure("tracker as served", f"{len(gzip.compress(script, 9, mtime=0)):,} bytes", "gzip -9")


def _noop() -> float:
    with serving_noop() as port:
        measured = carry_out(Plan(port, SECONDS / 2, CONNECTIONS, site="none"))
    return len(measured.latencies_ms) / measured.seconds


def _statuses(statuses: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} × {status}" for status, count in sorted(statuses.items()))
