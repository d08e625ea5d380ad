"""`footfall export`: raw events of a site, or views by machines, as a file."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from footfall.cli.connection import connect
from footfall.settings import Settings

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--site", "domain", required=True, help="Domain of the site.")
@click.option("--from", "first", type=_DAY, default="2000-01-01", help="First local day.")
@click.option("--to", "last", type=_DAY, help="Last local day.  [default: today]")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv", show_default=True)
@click.option("--table", type=click.Choice(["events", "crawler_views"]), default="events", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else stdout.")
@click.pass_obj
def export(
    settings: Settings,
    domain: str,
    first: datetime,
    last: datetime | None,
    form: str,
    table: str,
    output: Path | None,
) -> None:
    """Write a site's raw events, or its views by machines."""
    days = {"first": f"{first:%Y-%m-%d}", "last": f"{last or datetime.now(UTC):%Y-%m-%d}"}
    params = {**days, "form": form, "table": table}
    with connect(settings) as connection, connection.download(f"/internal/export/{domain}", params=params) as blocks:
        if output is None:
            for block in blocks:
                sys.stdout.buffer.write(block)
            return
        with output.open("wb") as file:
            size_bytes = sum(file.write(block) for block in blocks)
    click.echo(f"Wrote {size_bytes:,} bytes to {output}.", err=True)
