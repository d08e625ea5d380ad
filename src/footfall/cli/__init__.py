"""The command line: one file a command. What needs the data goes through the process that owns it."""

import gc
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from footfall import __version__
from footfall.app.collector import spare_what_is_there
from footfall.app.private_process import make_private
from footfall.cli.commands import COMMANDS, Row
from footfall.errors import FootfallError
from footfall.settings import Settings


def _settings(data_dir: Path | None) -> Settings:
    try:
        return Settings(data_dir=data_dir) if data_dir else Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"FOOTFALL_{str(first['loc'][0]).upper()}" if first["loc"] else "A setting"
        name = ".".join((name, *map(str, first["loc"][1:])))
        raise click.ClickException(f"{name} is wrong: {first['msg']}.") from error


class _Root(click.Group):
    """Loads a command when it is called, takes --data-dir before or after it, turns our errors into one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, in the order of the table."""
        return [row.name for row in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command that is called."""
        return next((_load(row) for row in COMMANDS if row.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(row.name, row.summary) for row in COMMANDS if row.is_listed])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _hoisted(args))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FootfallError as error:
            raise click.ClickException(error.message) from error


def _load(row: Row) -> click.Command:
    """Import a command, and what it needs.

    Modules are made to stay: the collector would walk all of them for nothing, again and again while they are loaded
    and once more at the end, a third of the time of a short command.
    """
    gc.disable()
    module, name = row.found_in.split(":")
    command: click.Command = getattr(import_module(f"footfall.cli.commands.{module}"), name)
    spare_what_is_there()
    gc.enable()
    return command


def _hoisted(args: list[str]) -> list[str]:
    """Move --data-dir to the front, where the root command reads it."""
    for place, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--data-dir" and place + 1 < len(args):
            return ["--data-dir", args[place + 1], *args[:place], *args[place + 2 :]]
        if arg.startswith("--data-dir="):
            return [arg, *args[:place], *args[place + 1 :]]
    return args


@click.group(cls=_Root)
@click.option("--data-dir", type=click.Path(path_type=Path, file_okay=False), help="Folder of this install's data.")
@click.version_option(__version__, prog_name="footfall")
@click.pass_context
def main(ctx: click.Context, data_dir: Path | None) -> None:
    """Privacy-first web analytics in one process."""
    make_private()
    ctx.obj = _settings(data_dir)
