"""`footfall rebuild`: what is computed from events, computed from them again."""

import click

from footfall.cli.connection import connect
from footfall.settings import Settings


@click.command()
@click.argument("domain", required=False)
@click.option("--all", "every_site", is_flag=True, help="All sites of this install.")
@click.pass_obj
def rebuild(settings: Settings, domain: str | None, every_site: bool) -> None:
    """Compute the rollups of closed days again; questions are answered meanwhile, more slowly."""
    if (domain is None) != every_site:
        raise click.UsageError("Give either a DOMAIN or --all.")
    with connect(settings) as connection:
        rebuilt = connection.call("POST", "/internal/rebuild", json={"domain": domain})
    click.echo(f"Rolled up {rebuilt['days_and_months']:,} days and months.")
