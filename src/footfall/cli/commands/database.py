"""`footfall database`: moving people, sites and keys from SQLite to PostgreSQL, or back."""

import click

from footfall.app.moving import copy_database
from footfall.settings import Settings


@click.group()
def database() -> None:
    """The database of people, sites and keys."""


@database.command()
@click.argument("url")
@click.pass_obj
def copy(settings: Settings, url: str) -> None:
    """Copy it to the empty database at URL, with the server stopped; what is here stays as it is."""
    where, copied = copy_database(settings, url)
    rows = sum(copied.values())
    click.echo(f"Copied {copied['users']:,} people and {copied['sites']:,} sites, {rows:,} rows in all, to {where}.")
    if where.startswith("postgresql://"):
        click.echo("Set FOOTFALL_DATABASE_URL to that address, start the server, and run: footfall check")
