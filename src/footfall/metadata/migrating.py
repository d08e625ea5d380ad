"""Alembic at work. To load it takes an eighth of the time of a start, and most starts have nothing to migrate."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection


class UnknownRevision(Exception):
    """A schema is at a revision that this release does not know."""


def migration_config() -> Config:
    """What Alembic has to be told."""
    config = Config()
    config.set_main_option("script_location", "footfall.metadata:migrations")
    config.set_main_option("path_separator", "os")
    return config


def migrate(connection: Connection, revision: str, *, is_back: bool) -> None:
    """Bring the schema to ``revision``, or back to it; raises UnknownRevision."""
    config = migration_config()
    config.attributes["connection"] = connection
    try:
        (command.downgrade if is_back else command.upgrade)(config, revision)
    except CommandError as error:
        raise UnknownRevision from error
