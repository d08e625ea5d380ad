"""`footfall key`: keys for the API."""

import click

from footfall.accounts import SCOPES
from footfall.cli.people import open_people
from footfall.settings import Settings


@click.group()
def key() -> None:
    """Keys for the API."""


@key.command()
@click.option("--owner", metavar="EMAIL", help="The key reaches all sites of this person.")
@click.option("--site", "domain", metavar="DOMAIN", help="The key reaches this site alone.")
@click.option(
    "--scope", "scopes", required=True, multiple=True, type=click.Choice(list(SCOPES)), help="May be repeated."
)
@click.option("--expires-days", type=int, metavar="DAYS", help="The key ends after so many days.")
@click.pass_obj
def create(
    settings: Settings, owner: str | None, domain: str | None, scopes: tuple[str, ...], expires_days: int | None
) -> None:
    """Make a key and print it, and nothing else; it cannot be shown again."""
    if (owner is None) == (domain is None):
        raise click.UsageError("Give either --owner or --site.")
    with open_people(settings) as people:
        owner_id = people.user(owner).id if owner else None
        site_id = people.site(domain).id if domain else None
        text = people.keys.create(scopes, owner_id=owner_id, site_id=site_id, expires_days=expires_days)
    click.echo(text)
