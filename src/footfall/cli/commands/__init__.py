"""The commands, one row each."""

import click

from footfall.cli.commands.archive import backup, restore
from footfall.cli.commands.audit import audit
from footfall.cli.commands.check import check
from footfall.cli.commands.database import database
from footfall.cli.commands.demo import demo
from footfall.cli.commands.erase import erase
from footfall.cli.commands.export import export
from footfall.cli.commands.goal import goal
from footfall.cli.commands.import_logs import import_
from footfall.cli.commands.import_totals import plausible
from footfall.cli.commands.key import key
from footfall.cli.commands.plan import plan
from footfall.cli.commands.privacy import privacy
from footfall.cli.commands.rebuild import rebuild
from footfall.cli.commands.serve import serve
from footfall.cli.commands.site import site
from footfall.cli.commands.user import user
from footfall.cli.commands.visitor import visitor

import_.add_command(plausible)

COMMANDS: tuple[click.Command, ...] = (
    serve,
    demo,
    user,
    site,
    key,
    goal,
    import_,
    export,
    visitor,
    erase,
    backup,
    restore,
    database,
    check,
    audit,
    rebuild,
    plan,
    privacy,
)
