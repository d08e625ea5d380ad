"""Intake: how many single events a second, how soon they are acknowledged, against the same server doing nothing."""

import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import asdict

from benchmarks.figures import Figure, milliseconds
from benchmarks.load import Measured, Plan
from benchmarks.server import Footfall, Serving, run_module, serving_noop

DOMAIN = "bench.example"
SECONDS = 10.0
CONNECTIONS = 128
STEADY_RATE = 2_000
_WARM_SECONDS = 3.0
_ID_STEP = 1 << 40


def measure_intake(install: Footfall) -> Iterator[Figure]:
    """Every figure of intake, on a fresh install with one site."""
    with serving_noop() as port:
        _send(Plan(port, _WARM_SECONDS, CONNECTIONS, site="none"))
        noop = _send(Plan(port, SECONDS, CONNECTIONS, site="none"))
    yield Figure("no-op route, same server and requests", _rate(noop), f"{CONNECTIONS} connections, {SECONDS:g} s")
    site = install.add_site(DOMAIN)
    with install.serving() as serving:
        yield Figure("memory, idle", f"{serving.resident_mb():,.0f} MB", "resident")
        yield _tracker(serving, site)
        yield from _flood(serving, site, noop)
        yield from _steady(serving, site)
        yield Figure("memory, after the load", f"{serving.resident_mb():,.0f} MB", "resident")


def _flood(serving: Serving, site: str, noop: Measured) -> Iterator[Figure]:
    plan = Plan(serving.port, SECONDS, CONNECTIONS, site=site, domain=DOMAIN)
    _send(Plan(serving.port, _WARM_SECONDS, CONNECTIONS, site=site, domain=DOMAIN, first_id=_ID_STEP))
    serving.seconds_until_stored()
    flood = _send(plan)
    waited = serving.seconds_until_stored()
    share = len(flood.latencies_ms) / flood.seconds / (len(noop.latencies_ms) / noop.seconds)
    agents = "2,000 user agents, 50,000 URLs"
    yield Figure("intake, single events", _rate(flood), f"{agents}, {CONNECTIONS} connections, {share:.0%} of no-op")
    yield Figure("ack p50 / p99, flooded", milliseconds(flood.latencies_ms, 0.5, 0.99), _statuses(flood))
    yield Figure("all stored after the last answer", f"{waited:,.1f} s", "spool empty")


def _steady(serving: Serving, site: str) -> Iterator[Figure]:
    used_before, began_at = serving.cpu_seconds(), time.perf_counter()
    plan = Plan(serving.port, SECONDS, CONNECTIONS, site=site, domain=DOMAIN, rate=STEADY_RATE, first_id=2 * _ID_STEP)
    steady = _send(plan)
    used = (serving.cpu_seconds() - used_before) / (time.perf_counter() - began_at)
    cell = milliseconds(steady.latencies_ms, 0.5, 0.99)
    conditions = f"{_rate(steady)} of {STEADY_RATE:,} /s asked, {_statuses(steady)}, {used:.0%} of a core"
    yield Figure("ack p50 / p99, steady", cell, conditions)


def _tracker(serving: Serving, site: str) -> Figure:
    script = serving.get(f"/js/{site}.js")
    return Figure("tracker as served", f"{len(gzip.compress(script, 9, mtime=0)):,} bytes", "gzip -9")


def _send(plan: Plan) -> Measured:
    return Measured(**json.loads(run_module("benchmarks.load", text=json.dumps(asdict(plan)))))


def _rate(measured: Measured) -> str:
    return f"{len(measured.latencies_ms) / measured.seconds:,.0f} /s"


def _statuses(measured: Measured) -> str:
    return ", ".join(f"{count:,} × {status}" for status, count in sorted(measured.statuses.items()))
