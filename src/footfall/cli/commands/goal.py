"""`footfall goal`: the events and pages an owner cares about."""

import click

from footfall.cli.people import open_people
from footfall.domain import Goal
from footfall.settings import Settings
from footfall.sites import GoalKind


@click.group()
def goal() -> None:
    """Events and pages you care about."""


@goal.command()
@click.option("--site", "domain", required=True, metavar="DOMAIN", help="The site the goal belongs to.")
@click.option("--event", metavar="NAME", help="Reached by an event of this name.")
@click.option("--property", "properties", type=(str, str), multiple=True, help="That the event must have, by value.")
@click.option("--page", metavar="PATTERN", help="Reached by a view of this path; * stands for text within a segment.")
@click.option("--scroll", "percent", type=click.IntRange(1, 100), help="Reached so far down the page instead.")
@click.option("--currency", default="", metavar="CODE", help="Count its revenue in this currency, such as EUR.")
@click.option("--name", default="", help="What reports call it; made from the event or page where left out.")
@click.pass_obj
def add(
    settings: Settings,
    *,
    domain: str,
    event: str | None,
    properties: tuple[tuple[str, str], ...],
    page: str | None,
    percent: int | None,
    currency: str,
    name: str,
) -> None:
    """Add a goal; one that says the same is kept as it is."""
    if (event is None) == (page is None):
        raise click.UsageError("Give either --event or --page.")
    if percent is not None and page is None:
        raise click.UsageError("Give --scroll with --page.")
    kind = GoalKind.EVENT if page is None else GoalKind.PAGE if percent is None else GoalKind.SCROLL
    with open_people(settings) as people:
        site = people.site(domain)
        said = (kind, event or page or "", name, percent or 0, dict(properties))
        click.echo(_line_of(people.goals.add(site.id, *said, currency=currency)))


@goal.command("list")
@click.option("--site", "domain", required=True, metavar="DOMAIN", help="The site whose goals to list.")
@click.pass_obj
def list_goals(settings: Settings, domain: str) -> None:
    """List the goals of a site: number, kind, event or page, name, currency."""
    with open_people(settings) as people:
        for each in people.goals.of_site(people.site(domain).id):
            click.echo(_line_of(each))


def _line_of(goal: Goal) -> str:
    """Tab-separated; the currency is empty where the goal has none of its own."""
    return f"{goal.id}\t{goal.kind}\t{goal.pattern}\t{goal.display_name}\t{goal.currency}"
