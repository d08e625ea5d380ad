"""`footfall check`: what is wrong with this install, if anything."""

from dataclasses import asdict
from typing import Any

import click

from footfall.app.findings import Finding
from footfall.app.surroundings import check_surroundings
from footfall.cli.connection import connect
from footfall.errors import FootfallError
from footfall.settings import Settings


@click.command()
@click.pass_obj
def check(settings: Settings) -> None:
    """Look at every part of this install; exits with 1 where something is wrong."""
    findings = _findings(settings)
    for finding in findings:
        mark = click.style("✓", fg="green") if finding["is_fine"] else click.style("✗", fg="red")
        click.echo(f"{mark} {finding['name']}: {finding['detail']}")
        if not finding["is_fine"]:
            click.echo(f"  {finding['advice']}")
    if not all(finding["is_fine"] for finding in findings):
        raise SystemExit(1)


def _findings(settings: Settings) -> list[dict[str, Any]]:
    """Of the server, or of the install opened here; where it cannot be, of what it leans on, and why not."""
    try:
        with connect(settings) as connection:
            found: list[dict[str, Any]] = connection.call("GET", "/internal/check")
            return found
    except FootfallError as error:
        refusal = Finding("install", is_fine=False, detail="cannot be opened", advice=error.message)
        return [asdict(finding) for finding in (*check_surroundings(settings), refusal)]
