"""`footfall import`: bring in what happened before Footfall."""

import click

from footfall.cli.commands.import_logs import logs
from footfall.cli.commands.import_totals import plausible


@click.group("import")
def import_() -> None:
    """Bring in what happened before Footfall."""


import_.add_command(logs)
import_.add_command(plausible)
