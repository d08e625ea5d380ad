"""`footfall site`: tracked websites."""

import click

from footfall.cli.people import open_people, public_address
from footfall.settings import Settings
from footfall.sites import script_snippet


@click.group()
def site() -> None:
    """Tracked websites."""


@site.command()
@click.argument("domain")
@click.option("--timezone", required=True, metavar="TZ", help="Zone of the site's days, such as Europe/Tallinn.")
@click.option("--owner", metavar="EMAIL", help="Who owns the site; without it, the owner of this install.")
@click.pass_obj
def add(settings: Settings, domain: str, timezone: str, owner: str | None) -> None:
    """Add the site DOMAIN and print the line to paste into its pages."""
    with open_people(settings) as people:
        owner_id = people.user(owner).id if owner else None
        added = people.sites.create(domain, timezone, owner_id=owner_id)
    click.echo(script_snippet(public_address(settings), added))


@site.command("list")
@click.pass_obj
def list_sites(settings: Settings) -> None:
    """List every site: domain, public id, time zone."""
    with open_people(settings) as people:
        for each in people.sites.all():
            click.echo(f"{each.domain}\t{each.public_id}\t{each.timezone}")
