"""The revisions of the schema that this release knows."""

from importlib.resources import files


def known_revisions() -> list[str]:
    """Every revision, oldest first: what the names of the migrations begin with."""
    names = (file.name for file in files("footfall.metadata.migrations.versions").iterdir())
    return sorted(name.partition("_")[0] for name in names if name[0].isdigit())
