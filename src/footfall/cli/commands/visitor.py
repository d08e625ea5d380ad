"""`footfall visitor`: everything stored about one visitor, and its erasure."""

import sys
from pathlib import Path

import click

from footfall.cli.commands.erase import report
from footfall.cli.connection import connect
from footfall.settings import Settings


@click.group()
def visitor() -> None:
    """One visitor's data: everything stored, and its erasure."""


@visitor.command("export")
@click.argument("site")
@click.option("--user", metavar="NAME", help="What the site calls the visitor.")
@click.option("--visitor", "number", metavar="ID", help="The visitor_id of an export of events.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else stdout.")
@click.pass_obj
def export_visitor(settings: Settings, site: str, user: str | None, number: str | None, output: Path | None) -> None:
    """Write everything stored about a visitor of SITE, one JSON object a line."""
    path, params = f"/api/v1/sites/{site}/visitors/export", _named(user, number)
    with connect(settings) as connection, connection.download(path, params=params) as download:
        if output is None:
            for block in download.blocks:
                sys.stdout.buffer.write(block)
            return
        with output.open("wb") as file:
            size_bytes = sum(file.write(block) for block in download.blocks)
    click.echo(f"Wrote {size_bytes:,} bytes to {output}.", err=True)


@visitor.command("erase")
@click.argument("site")
@click.option("--user", metavar="NAME", help="What the site calls the visitor.")
@click.option("--visitor", "number", metavar="ID", help="The visitor_id of an export of events.")
@click.confirmation_option(prompt="Erase this visitor? It cannot be undone.")
@click.pass_obj
def erase_visitor(settings: Settings, site: str, user: str | None, number: str | None) -> None:
    """Erase a visitor of SITE: events, visits, profile, consents."""
    with connect(settings) as connection:
        erased = connection.call("DELETE", f"/api/v1/sites/{site}/visitors", params=_named(user, number))
    report(erased)


def _named(user: str | None, number: str | None) -> dict[str, str]:
    if (user is None) == (number is None):
        raise click.UsageError("Give either --user or --visitor.")
    return {"user": user} if user is not None else {"visitor": number or ""}
