"""`footfall check`: what is wrong with this install, if anything."""

import click

from footfall.cli.connection import connect
from footfall.settings import Settings


@click.command()
@click.pass_obj
def check(settings: Settings) -> None:
    """Look at every part of this install; exits with 1 where something is wrong."""
    with connect(settings) as connection:
        findings = connection.call("GET", "/internal/check")
    for finding in findings:
        mark = click.style("✓", fg="green") if finding["is_fine"] else click.style("✗", fg="red")
        click.echo(f"{mark} {finding['name']}: {finding['detail']}")
        if not finding["is_fine"]:
            click.echo(f"  {finding['advice']}")
    if not all(finding["is_fine"] for finding in findings):
        raise SystemExit(1)
