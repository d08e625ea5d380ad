"""`footfall plan`: the plans of teams, on an install that has them."""

import click

from footfall.cli.connection import connect
from footfall.cli.people import open_people
from footfall.domain.plans import PLANS, Month
from footfall.metadata import system_clock
from footfall.settings import Settings


@click.group(hidden=True)
def plan() -> None:
    """Plans of teams, where FOOTFALL_PLANS is hosted."""


@plan.command("list")
@click.pass_obj
def list_plans(settings: Settings) -> None:
    """List every team: public id, plan, views of this month (UTC), name, owners."""
    with open_people(settings) as people:
        people.plans.require_plans()
        views = people.usage.views_by_team(Month.at(system_clock()))
        for team in people.plans.all():
            owners = ", ".join(team.owners)
            click.echo(f"{team.public_id}\t{team.plan.key}\t{views.get(team.id, 0)}\t{team.name}\t{owners}")


@plan.command("set")
@click.argument("team")
@click.argument("plan", type=click.Choice(list(PLANS)))
@click.pass_obj
def set_plan(settings: Settings, team: str, plan: str) -> None:
    """Give TEAM, by its public id, another PLAN; a running server goes by it within a minute."""
    with open_people(settings) as people:
        click.echo(f"{team} has the plan {people.plans.give(team, plan).title} now.")


@plan.command()
@click.pass_obj
def recount(settings: Settings) -> None:
    """Count the views of all months again, from the events that are stored."""
    with connect(settings) as connection:
        counted = connection.call("POST", "/internal/views")
    click.echo(f"Counted {counted['months']:,} months again.")
