"""`/metrics` in Prometheus' text format: where every event went, and what each step of intake costs.

received + found = stored + waiting + dropped + rejected + duplicate + damaged, since the process started.
https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Iterator
from typing import NamedTuple

from footfall.app.install import Install
from footfall.app.verdicts import events_by_site
from footfall.collect.intake import TIMED_ONE_IN
from footfall.spool import damages

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Sample(NamedTuple):
    """One value of a metric, told from its others by its labels."""

    value: float
    labels: tuple[str, ...] = ()


class Metric(NamedTuple):
    """A metric with its samples; ``labels`` are the labels' names."""

    name: str
    kind: str  # counter or gauge
    help: str
    samples: list[Sample]
    labels: tuple[str, ...] = ()


def metrics_text(install: Install) -> str:
    """All metrics of this process."""
    return "".join(f"{line}\n" for metric in _metrics(install) for line in _lines(metric))


def _metrics(install: Install) -> Iterator[Metric]:
    counts, applier = install.intake.counts, install.storage.applier
    for name, text in _COUNTED.items():
        yield Metric(f"footfall_events_{name}_total", "counter", text, [Sample(counts[name])])
    stored = [Sample(applier.stored)]
    yield Metric("footfall_events_stored_total", "counter", "Events the store holds.", stored)
    yield Metric(
        "footfall_events_dropped_total", "counter", "Events refused, by reason.", _dropped(install), ("reason",)
    )
    yield from _spool(install)
    failing = [Sample(int(applier.is_failing))]
    yield Metric("footfall_store_failing", "gauge", "1 while the store does not take events.", failing)
    away = [Sample(int(not install.database.answers()))]
    yield Metric("footfall_database_away", "gauge", "1 while the database of people and sites does not answer.", away)
    steps = install.intake.steps
    calls = [Sample(count, (name,)) for name, count in install.intake.calls().items()]
    yield Metric("footfall_step_calls_total", "counter", "Events that reached a step of intake.", calls, ("step",))
    timed = [Sample(step.timed_calls, (step.name,)) for step in steps]
    yield Metric("footfall_step_timed_calls_total", "counter", f"Those timed: one in {TIMED_ONE_IN}.", timed, ("step",))
    seconds = [Sample(step.nanoseconds / 1e9, (step.name,)) for step in steps]
    yield Metric("footfall_step_seconds_total", "counter", "Time the timed ones took in a step.", seconds, ("step",))
    of_sites = [Sample(events, labels) for labels, events in events_by_site(install).items()]
    help_of_sites = "Events of each site, by what became of them."
    yield Metric("footfall_site_events_total", "counter", help_of_sites, of_sites, ("site", "outcome"))


def _spool(install: Install) -> Iterator[Metric]:
    spool = install.storage.spool
    groups, damaged_groups = spool.depth()
    lost = sum(damage.lost for damage in damages(install.settings.data_dir))
    for name, kind, text, value in (
        ("events_found", "gauge", "Events that waited when the process started.", spool.found_events),
        ("events_waiting", "gauge", "Events that wait for the store.", spool.waiting_events()),
        ("events_damaged_total", "counter", "Events set aside because their row was damaged.", spool.damaged_events),
        ("spool_groups", "gauge", "Groups of events that wait for the store.", groups),
        ("spool_damaged", "gauge", "Groups set aside as damaged.", damaged_groups),
        ("spool_lost", "gauge", "Groups that could not be read in damaged files set aside.", lost),
    ):
        yield Metric(f"footfall_{name}", kind, text, [Sample(value)])


_COUNTED = {
    "received": "Events that reached intake.",
    "accepted": "Events put on disk and acknowledged.",
    "duplicate": "Events that were there before.",
    "rejected": "Events that could not be understood.",
}


def _dropped(install: Install) -> list[Sample]:
    """Those dropped before the answer, and those found to have no visit after it."""
    totals = {
        key.partition(":")[2]: count for key, count in install.intake.counts.items() if key.startswith("dropped:")
    }
    for (_, reason), count in install.storage.applier.dropped.copy().items():
        totals[reason] = totals.get(reason, 0) + count
    return [Sample(count, (reason,)) for reason, count in sorted(totals.items())]


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for sample in metric.samples:
        labels = ",".join(f'{name}="{value}"' for name, value in zip(metric.labels, sample.labels, strict=True))
        yield f"{metric.name}{{{labels}}} {sample.value}" if labels else f"{metric.name} {sample.value}"
