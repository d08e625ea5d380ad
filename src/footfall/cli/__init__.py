"""The command line: one file a command. What needs the data goes through the process that owns it."""

from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from footfall import __version__
from footfall.app.private_process import make_private
from footfall.cli.commands import COMMANDS
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
    """Takes --data-dir before or after the command, and turns our errors into one sentence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _hoisted(args))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FootfallError as error:
            raise click.ClickException(error.message) from error


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


for command in COMMANDS:
    main.add_command(command)
