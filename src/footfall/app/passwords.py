"""Passwords as the settings have them: with the list of those that were leaked, where there is one."""

from footfall.accounts import LeakedPasswords, Passwords
from footfall.settings import Settings

_PLACES_LOOKED_AT = 100  # at the start; `footfall check` takes its time


def passwords_of(settings: Settings, *, is_start: bool = False) -> Passwords:
    """Make them; raises SettingsError at the start where the list is not there, or is none.

    A command that sets no password does not mind; one that does is told then.
    """
    leaked = LeakedPasswords(settings.leaked_passwords) if settings.leaked_passwords else None
    if leaked is not None and is_start:
        leaked.require_usable(_PLACES_LOOKED_AT)
    return Passwords(leaked=leaked)
