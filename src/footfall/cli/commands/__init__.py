"""The commands, one row each."""

import click

from footfall.cli.commands.archive import backup, restore
from footfall.cli.commands.check import check
from footfall.cli.commands.demo import demo
from footfall.cli.commands.export import export
from footfall.cli.commands.import_logs import import_
from footfall.cli.commands.serve import serve

COMMANDS: tuple[click.Command, ...] = (serve, demo, import_, export, backup, restore, check)
