"""Every question of the dashboard over HTTP, on a year of one site's events, beside the bare statements on the engine.

The second site has a tenth of the events: how much slower is it to ask about ten times as many? At the end all is
asked again, with events coming in and without them in turn: a machine is quicker at one time than at another.
"""

import json
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from benchmarks.beside import beside, carry_out
from benchmarks.dashboard import Browser
from benchmarks.figures import Figure, milliseconds, percentile
from benchmarks.load import Measured, Plan
from benchmarks.server import Footfall, Serving, run_module
from benchmarks.year import DOMAIN, TENTH, fill_year
from footfall.reports.dimensions import GOAL
from footfall.reports.figures import HEADLINE
from footfall.reports.panels import FIRST_ROWS, PANELS, Leads, list_question
from footfall.reports.view import Filter, View

PERIODS = ("30d", "12mo")
ROUNDS = 50
LOAD_RATE, LOAD_CONNECTIONS = 2_000, 64
TURNS, LOADS_A_TURN, ASKS_A_TURN = 5, 10, 4
_FILTERS = (Filter("country", "AA"), Filter("browser", "Chrome"), Filter("source", "Google"))
_COME_IN = f"{LOAD_RATE:,} events/s come in"
_WARM_SECONDS = _SETTLE_SECONDS = 5.0
_LONGEST_SECONDS = 1200.0
_LEAST_SHARE = 0.99

Times = defaultdict[str, list[float]]
"""Milliseconds, by panel or period."""


class Asked(NamedTuple):
    """A question with a name."""

    name: str
    question: dict[str, Any]


def measure_query(install: Footfall) -> Iterator[Figure]:
    """Fill the store, roll up its closed days, then time questions and pages."""
    year = fill_year(install)
    key = install.command("key", "create", "--site", DOMAIN, "--scope", "stats:read").split()[-1]
    stored = year.bytes_per_event
    yield Figure("bytes stored per event", f"{sum(stored.values()):.1f}", f"{_split(stored)}; {year.filled}")
    questions = list(dashboard_questions())
    bare = json.loads(
        run_module("benchmarks.bare", str(install.data_dir), text=json.dumps([DOMAIN, ROUNDS, questions]))
    )
    with install.serving() as serving:
        for (name, question), bare_ms in zip(questions, bare, strict=True):
            times = [_ask(serving, key, question) for _ in range(ROUNDS + 1)][1:]
            yield Figure(name, milliseconds(times, 0.5, 0.95), f"bare SQL {milliseconds(bare_ms, 0.5, 0.95)}")
        browser = Browser(serving)
        dashboards = {period: _loads(browser, DOMAIN, period) for period in PERIODS}
        for period, times in dashboards.items():
            yield Figure(f"{period}: whole dashboard", milliseconds(times, 0.5, 0.95), f"{ROUNDS} loads, all panels")
        yield Figure("memory", f"{serving.peak_mb():,.0f} MB", "resident, at its highest")
        for period, times in dashboards.items():
            fewer = _loads(browser, TENTH, period)
            yield _ratio(f"{period}: ten times the events", times, fewer, 0.5, "p50, of a tenth of them")
        yield from _in_turn(Asking(serving, browser, key, questions), year.public_id)


class Asking(NamedTuple):
    """Who asks what in each turn."""

    serving: Serving
    browser: Browser
    key: str
    questions: Sequence[Asked]

    def take_turn(self, dashboards: Times, panels: Times) -> None:
        """Ask for everything some times, and add what each took."""
        for period in PERIODS:
            dashboards[period] += _loads(self.browser, DOMAIN, period, LOADS_A_TURN)
        for name, question in self.questions:
            panels[name] += [_ask(self.serving, self.key, question) for _ in range(ASKS_A_TURN)]


def _in_turn(asking: Asking, site: str) -> Iterator[Figure]:
    """With events coming in, and without them."""
    idle_dashboards, idle_panels, busy_dashboards, busy_panels = (Times(list) for _ in range(4))
    for _ in range(TURNS):
        asking.take_turn(idle_dashboards, idle_panels)
        with _events_come_in(asking.serving, site):
            asking.take_turn(busy_dashboards, busy_panels)
        asking.serving.seconds_until_stored()
        time.sleep(_SETTLE_SECONDS)  # and merged
    for period, times in busy_dashboards.items():
        yield _ratio(f"{period}: {_COME_IN}", times, idle_dashboards[period], 0.95, "p95, of idle")
    yield _ratio_of_panels(f"panels: {_COME_IN}", busy_panels, idle_panels)


@contextmanager
def _events_come_in(serving: Serving, site: str) -> Iterator[None]:
    """Single events at ``LOAD_RATE`` during the block; raises RuntimeError where fewer came."""
    load = Plan(
        serving.port,
        _LONGEST_SECONDS,
        LOAD_CONNECTIONS,
        site=site,
        domain=DOMAIN,
        rate=LOAD_RATE,
        first_id=time.time_ns(),
    )
    measured: list[Measured] = []
    began_at = time.perf_counter()
    with beside(lambda ends: measured.append(carry_out(load, ends))):
        time.sleep(_WARM_SECONDS)
        yield
        lasted = time.perf_counter() - began_at
    if not measured or measured[0].seconds < lasted - _WARM_SECONDS:
        raise RuntimeError(f"Events did not come in for all of {lasted:.0f} seconds.")
    if measured[0].per_second < LOAD_RATE * _LEAST_SHARE:
        raise RuntimeError(f"{measured[0].per_second:,.0f} events a second came in, not {LOAD_RATE:,}.")


def _loads(browser: Browser, domain: str, period: str, rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each load of a whole dashboard, the first one aside."""
    return [browser.get(f"/sites/{domain}?period={period}")[1] for _ in range(rounds + 1)][1:]


def _ratio(name: str, times: list[float], others: list[float], share: float, what: str) -> Figure:
    ratio = percentile(times, share) / percentile(others, share)
    cells = " against ".join(milliseconds(each, 0.5, 0.95) for each in (times, others))
    return Figure(name, f"{ratio:.2f} × {what}", cells)


def _ratio_of_panels(name: str, busy: Times, idle: Times) -> Figure:
    """All panels together: each time as a multiple of what half of its panel's took while nothing came in."""
    usual = {panel: percentile(times, 0.5) for panel, times in idle.items()}
    shares = [
        percentile([each / usual[panel] for panel, times in panels.items() for each in times], 0.95)
        for panels in (busy, idle)
    ]
    cells = "all times, each by its panel's p50: {:.2f} against {:.2f}".format(*shares)
    return Figure(name, f"{shares[0] / shares[1]:.2f} × p95, of idle", cells)


def dashboard_questions() -> Iterator[Asked]:
    """What the headline and every tab ask, and the headline with three filters."""
    for period in PERIODS:
        view = View(period=period)
        yield Asked(f"{period}: totals", _headline(view))
        yield Asked(f"{period}: series", _headline(view, "time:day"))
        for panel in PANELS.values():
            for tab in panel.tabs:
                if tab.leads is not Leads.FILTER or tab.dimension == GOAL:
                    continue  # no question of this language, or one about goals, which this site has none of
                yield Asked(f"{period}: {tab.key}", list_question(tab, view, tab.metrics, FIRST_ROWS))
    filtered = View(period="30d", filters=_FILTERS)
    yield Asked("30d, three filters: totals", _headline(filtered))
    yield Asked("30d, three filters: series", _headline(filtered, "time:day"))


def _headline(view: View, *dimensions: str) -> dict[str, Any]:
    return {
        "metrics": list(HEADLINE),
        "date_range": view.date_range,
        "dimensions": list(dimensions),
        "filters": view.query_filters(),
    }


def _ask(serving: Serving, key: str, question: dict[str, Any]) -> float:
    """Milliseconds until the whole answer is there."""
    url = f"{serving.origin}/api/v2/query"
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps({"site_id": DOMAIN, **question}).encode(), headers)
    began_at = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
    return (time.perf_counter() - began_at) * 1000


def _split(stored: dict[str, float]) -> str:
    derived = sum(stored.values()) - stored["events"] - stored["visits"]
    return f"events {stored['events']:.1f}, visits {stored['visits']:.1f}, rollups and the like {derived:.1f}"
