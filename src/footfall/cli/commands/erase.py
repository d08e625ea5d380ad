"""`footfall erase`: events of some days, gone for good."""

from datetime import datetime
from typing import Any

import click

from footfall.cli.connection import connect
from footfall.settings import Settings

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("site")
@click.option("--from", "first", type=_DAY, required=True, help="First local day.")
@click.option("--to", "last", type=_DAY, required=True, help="Last local day.")
@click.confirmation_option(prompt="Erase all events of these days? It cannot be undone.")
@click.pass_obj
def erase(settings: Settings, site: str, first: datetime, last: datetime) -> None:
    """Erase the events of SITE of some days."""
    params = {"from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
    with connect(settings) as connection:
        erased = connection.call("DELETE", f"/api/v1/sites/{site}/events", params=params)
    report(erased)


def report(erased: dict[str, Any]) -> None:
    """Say what was erased, and what the owner must delete by hand."""
    click.echo(f"Erased {erased['erased_events']:,} events.")
    for name in erased["copies_left"]:
        click.echo(f"The data moved aside by an earlier restore still holds them: delete {name}.", err=True)
