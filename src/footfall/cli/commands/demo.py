"""`footfall demo`: a site full of believable traffic, to try Footfall out."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import click

from footfall.app.lock import running_server
from footfall.cli.commands.serve import serve
from footfall.cli.connection import Connection, connect
from footfall.cli.people import People, open_people
from footfall.cli.sending import sending
from footfall.domain import Site
from footfall.errors import FootfallError
from footfall.importers.batches import BatchEvent, Delivery, deliver
from footfall.importers.demo import DEMO_SITE, demo_events
from footfall.settings import Settings
from footfall.sites import GoalKind

_DAYS = 90
_NOTICE_SECONDS = 5.0  # a running server sees a new site within one


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same traffic.")
@click.pass_context
def demo(context: click.Context, seed: int) -> None:
    """Fill a demo site with 90 days of traffic, and open on it. A second run adds nothing."""
    settings: Settings = context.obj
    with open_people(settings) as people:
        site = _demo_site(people)
    with connect(settings) as connection:
        _await_site(connection, site)
        delivery = _fill(connection, site, seed)
        if delivery.accepted:  # rather than within ten minutes of the next start, so that the first look is quick
            connection.call("POST", "/internal/rebuild", json={"domain": site.domain})
    click.echo(f"{delivery.accepted:,} events added to {site.domain}, {delivery.duplicates:,} were there already.")
    _open(context, settings, site)


def _demo_site(people: People) -> Site:
    site = people.sites.by_domain(DEMO_SITE.domain)
    if site is None:
        site = people.sites.create(DEMO_SITE.domain, DEMO_SITE.timezone, currency=DEMO_SITE.currency)
    for goal in DEMO_SITE.goals:
        people.goals.add(site.id, GoalKind.PAGE if goal.startswith("/") else GoalKind.EVENT, goal)
    return site


def _await_site(connection: Connection, site: Site) -> None:
    """Return once intake knows the site."""
    ends_at = time.monotonic() + _NOTICE_SECONDS
    while True:
        try:
            connection.call("POST", "/api/v1/events", json={"site": site.domain, "events": []})
            return
        except FootfallError:
            if time.monotonic() > ends_at:
                raise
            time.sleep(0.2)


def _fill(connection: Connection, site: Site, seed: int) -> Delivery:
    # Traffic ends when the site was made, so that a run after an aborted one makes the same events.
    end_at, delivery = datetime.fromtimestamp(site.created_ms / 1000, UTC), Delivery()
    with sending(connection, site.domain) as send, click.progressbar(length=_DAYS + 1, label="Making days") as bar:
        deliver(_day_by_day(demo_events(seed, end_at, _DAYS), bar.update), send, delivery)
    return delivery


def _day_by_day(events: Iterable[BatchEvent], update: Callable[[int], None]) -> Iterator[BatchEvent]:
    day = ""
    for event in events:
        if event["timestamp"][:10] != day:
            day = event["timestamp"][:10]
            update(1)
        yield event


def _open(context: click.Context, settings: Settings, site: Site) -> None:
    """Show the site: in a browser where there is someone to see it, and by serving it where nothing does yet."""
    page, is_watched = f"/sites/{site.domain}", sys.stdout.isatty()
    origin = running_server(settings.data_dir) or f"http://{settings.host}:{settings.port}"
    if running_server(settings.data_dir):
        click.echo(f"Open {origin}{page}")
        if is_watched:
            click.launch(f"{origin}{page}")
        return
    if not is_watched:
        click.echo(f"Start `footfall serve` and open {origin}{page}")
        return
    click.echo(f"Serving {origin}{page}")
    context.invoke(serve)
