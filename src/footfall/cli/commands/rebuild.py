"""`footfall rebuild`: what is computed from events, computed from them again; and how far that is."""

from typing import Any

import click

from footfall.cli.connection import connect
from footfall.settings import Settings


@click.command()
@click.argument("domain", required=False)
@click.option("--all", "every_site", is_flag=True, help="All sites of this install.")
@click.option("--status", is_flag=True, help="Only tell how far what runs in the background is.")
@click.pass_obj
def rebuild(settings: Settings, domain: str | None, every_site: bool, status: bool) -> None:
    """Compute the rollups of closed days again; questions are answered meanwhile, more slowly."""
    if (domain is None) != every_site:
        raise click.UsageError("Give either a DOMAIN or --all.")
    with connect(settings) as connection:
        if status:
            states = connection.call("GET", "/internal/rebuild", params={"domain": domain} if domain else {})
            for name, state in states.items():
                click.echo(_line(name, state))
            return
        rebuilt = connection.call("POST", "/internal/rebuild", json={"domain": domain})
    click.echo(f"Rolled up {rebuilt['days_and_months']:,} days and months.")


def _line(name: str, state: dict[str, Any]) -> str:
    channels, rollups = state["channels"], state["rollups"]
    return (
        f"{name}: {'up to date' if state['is_done'] else 'under way'};"
        f" {rollups['days_done']:,} of {rollups['days']:,} closed days rolled up,"
        f" channels of {channels['months_done']:,} of {channels['months']:,} months told again"
    )
