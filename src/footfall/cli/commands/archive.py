"""`footfall backup` and `footfall restore`."""

from pathlib import Path

import click

from footfall.app.backup import restore as restore_offline
from footfall.app.lock import running_server
from footfall.cli.connection import connect
from footfall.settings import Settings

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.pass_obj
def backup(settings: Settings, folder: Path) -> None:
    """Copy everything but the salts to FOLDER, which must be new or empty."""
    with connect(settings) as connection:
        made = connection.call("POST", "/internal/backup", json={"folder": str(folder.resolve())})
    if made["note"]:
        click.echo(f"Backed up to {made['folder']}. {made['note']}")
    else:
        click.echo(f"Backed up to {made['folder']} ({made['store_bytes'] / 1_000_000:,.1f} MB of events).")


@click.command()
@click.argument("folder", type=_FOLDER)
@click.pass_obj
def restore(settings: Settings, folder: Path) -> None:
    """Replace this install's data by the backup in FOLDER; the old data is moved aside."""
    if running_server(settings.data_dir) is None:
        aside = restore_offline(settings, folder)
        click.echo(f"Restored. The data of before is in {aside}.")
        return
    with connect(settings) as connection:
        connection.call("POST", "/internal/restore", json={"folder": str(folder.resolve())})
    click.echo("The server restarts with the restored data.")
