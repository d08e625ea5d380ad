"""What a member may do: the one table from roles to rights, and which roles a member may give to others.

A member of a team has a role in all its sites; a guest has one in a single site. Whoever is both has the higher one.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from footfall.texts import Phrase


class Right(StrEnum):
    """One thing that can be done with a site."""

    READ = "read"  # see reports
    EDIT = "edit"  # send events, and write notes and segments for all
    MANAGE = "manage"  # change settings, keys and people
    OWN = "own"  # delete it, or give it to another team


class Role(StrEnum):
    """What a member is, the highest first."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: frozenset({Right.READ, Right.EDIT, Right.MANAGE}),
    Role.EDITOR: frozenset({Right.READ, Right.EDIT}),
    Role.VIEWER: frozenset({Right.READ}),
}

# role → the roles it may give to others, and take from them.
GIVES: Mapping[Role, tuple[Role, ...]] = {
    Role.OWNER: tuple(Role),
    Role.ADMIN: (Role.ADMIN, Role.EDITOR, Role.VIEWER),
    Role.EDITOR: (),
    Role.VIEWER: (),
}

# How each is told to people.
ROLE_NAMES: Mapping[Role, str] = {
    Role.OWNER: Phrase("Owner"),
    Role.ADMIN: Phrase("Admin"),
    Role.EDITOR: Phrase("Editor"),
    Role.VIEWER: Phrase("Viewer"),
}
MEANINGS: Mapping[Role, str] = {
    Role.OWNER: Phrase("everything, and may delete it or give it away"),
    Role.ADMIN: Phrase("changes settings, keys and people"),
    Role.EDITOR: Phrase("sees reports, writes notes and segments for all, sends events"),
    Role.VIEWER: Phrase("sees reports"),
}


def highest(roles: Iterable[Role]) -> Role:
    """The role with the most rights; raises ValueError for none."""
    return max(roles, key=lambda role: len(RIGHTS[role]))
