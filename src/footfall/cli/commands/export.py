"""`footfall export`: raw events of a site, or views by machines, as a file."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from footfall.cli.connection import connect
from footfall.cli.counted_rows import counted_rows
from footfall.settings import Settings

_DAY = click.DateTime(["%Y-%m-%d"])
_FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@click.command()
@click.option("--site", "domain", required=True, help="Domain of the site.")
@click.option("--from", "first", type=_DAY, help="First local day.  [default: that of the first event]")
@click.option("--to", "last", type=_DAY, help="Last local day.  [default: today]")
@click.option("--filter", "filters", multiple=True, help="DIMENSION:OPERATOR:VALUE, as in reports; may be repeated.")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv", show_default=True)
@click.option("--table", type=click.Choice(["events", "crawler_views"]), default="events", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else stdout.")
@click.pass_obj
def export(
    settings: Settings,
    domain: str,
    first: datetime | None,
    last: datetime | None,
    filters: tuple[str, ...],
    form: str,
    table: str,
    output: Path | None,
) -> None:
    """Write a site's raw events, or its views by machines."""
    path = f"/api/v1/sites/{domain}/export/{table.replace('_', '-')}"
    params = {**_range(first, last), "filter": list(filters), "format": form}
    with connect(settings) as connection, connection.download(path, params=params) as download:
        if output is None:
            for block in download.blocks:
                sys.stdout.buffer.write(block)
            return
        rows = int(download.headers["footfall-rows"])
        size_bytes = 0
        with output.open("wb") as file, click.progressbar(length=rows, label=f"{rows:,} rows", file=sys.stderr) as bar:
            for block, done in counted_rows(download.blocks, form):
                size_bytes += file.write(block)
                bar.update(done)
            bar.update(rows - bar.pos)
    click.echo(f"Wrote {size_bytes:,} bytes to {output}.", err=True)


def _range(first: datetime | None, last: datetime | None) -> dict[str, str]:
    if first is None and last is None:
        return {"period": "all"}
    return {"from": f"{first or _FIRST_DAY:%Y-%m-%d}", "to": f"{last or datetime.now(UTC):%Y-%m-%d}"}
