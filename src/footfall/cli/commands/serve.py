"""`footfall serve`: the whole product in one process."""

import os
import secrets
import sys
from pathlib import Path

import click

from footfall import app
from footfall.app.allocator import keep_little
from footfall.app.backup import restore
from footfall.app.control import RESTORE_REQUEST
from footfall.app.log_lines import start_log
from footfall.app.private_process import die_of_crashes
from footfall.metadata.clock import system_clock
from footfall.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve the tracking script, intake, dashboard and API."""
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update=given)
    keep_little()
    start_log(settings.log_level, settings.log_format)
    if not app.await_database(settings):
        return
    _restore_if_asked(settings)
    with app.open_install(settings, system_clock) as install:
        die_of_crashes()
        code = "" if install.people.accounts.has_owner() else secrets.token_hex(4)
        app.serve(install, setup_code=code, announce=_announcement(settings, code))
        again = install.restart.is_set()
    if again:
        # A fresh process: the engine does not like to be opened twice with other data.
        os.execv(sys.executable, [sys.executable, "-m", "footfall", *sys.argv[1:]])  # noqa: S606 - our own command


def _announcement(settings: Settings, code: str) -> str:
    url = settings.base_url or f"http://{settings.host}:{settings.port}"
    lines = [f"Footfall is ready on {url}", f"Data: {settings.data_dir.resolve()}"]
    if code:
        lines.append(
            f"Open {url}/setup to make the owner's account. From another machine it asks for this code: {code}"
        )
    return "\n".join(lines)


def _restore_if_asked(settings: Settings) -> None:
    request = settings.data_dir / RESTORE_REQUEST
    if not request.exists():
        return
    backup = Path(request.read_text())
    request.unlink()
    aside = restore(settings, backup)
    click.echo(f"Restored {backup}; the data of before is in {aside}.", err=True)
    # The engine was open on the restored folder under its building name: start anew.
    os.execv(sys.executable, [sys.executable, "-m", "footfall", *sys.argv[1:]])  # noqa: S606 - our own command
