"""The revisions of the schema that this release knows."""

from alembic.config import Config
from alembic.script import ScriptDirectory


def migration_config() -> Config:
    """What Alembic has to be told."""
    config = Config()
    config.set_main_option("script_location", "footfall.metadata:migrations")
    config.set_main_option("path_separator", "os")
    return config


def known_revisions() -> list[str]:
    """Every revision, oldest first."""
    scripts = ScriptDirectory.from_config(migration_config())
    return [script.revision for script in scripts.walk_revisions()][::-1]
