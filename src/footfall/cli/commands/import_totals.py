"""`footfall import plausible`: bring in the totals another product has counted."""

from collections.abc import Iterator
from pathlib import Path

import click

from footfall.cli.connection import connect
from footfall.settings import Settings

_BLOCK_BYTES = 1 << 20


@click.command("plausible")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--site", "domain", required=True, help="Domain of the site.")
@click.pass_obj
def plausible(settings: Settings, file: Path, domain: str) -> None:
    """Bring in the ZIP FILE that Plausible exports: totals of days, which reports add where they can."""
    with connect(settings) as connection:
        found = connection.call("POST", f"/api/v1/sites/{domain}/imports?origin=plausible", content=_blocks(file))
    click.echo(f"Imported {found['from']} to {found['to']}, {found['rows']:,} rows.")


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as packed:
        while block := packed.read(_BLOCK_BYTES):
            yield block
