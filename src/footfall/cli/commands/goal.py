"""`footfall goal`: the events and pages an owner cares about."""

import click

from footfall.cli.people import open_people
from footfall.settings import Settings
from footfall.sites import GoalKind


@click.group()
def goal() -> None:
    """Events and pages you care about."""


@goal.command()
@click.option("--site", "domain", required=True, metavar="DOMAIN", help="The site the goal belongs to.")
@click.option("--event", metavar="NAME", help="Reached by an event of this name.")
@click.option("--page", metavar="PATTERN", help="Reached by a view of this path; * stands for any text.")
@click.option("--name", default="", help="What reports call it; made from the event or page where left out.")
@click.pass_obj
def add(settings: Settings, domain: str, event: str | None, page: str | None, name: str) -> None:
    """Add a goal; one that says the same is kept as it is."""
    if (event is None) == (page is None):
        raise click.UsageError("Give either --event or --page.")
    kind, pattern = (GoalKind.EVENT, event) if event is not None else (GoalKind.PAGE, page)
    with open_people(settings) as people:
        added = people.goals.add(people.site(domain).id, kind, pattern or "", name)
    click.echo(f"{added.id}\t{added.kind}\t{added.pattern}\t{added.display_name}")


@goal.command("list")
@click.option("--site", "domain", required=True, metavar="DOMAIN", help="The site whose goals to list.")
@click.pass_obj
def list_goals(settings: Settings, domain: str) -> None:
    """List the goals of a site: number, kind, event or page, name."""
    with open_people(settings) as people:
        for each in people.goals.of_site(people.site(domain).id):
            click.echo(f"{each.id}\t{each.kind}\t{each.pattern}\t{each.display_name}")
