"""Who calls with a key: a key of this install, or the command line on this machine."""

from collections.abc import Callable
from hmac import compare_digest
from typing import TypeAlias

from fastapi import Request

from footfall.accounts import Caller as KeyCaller
from footfall.api.keys import bearer_key
from footfall.api.query import Authorize
from footfall.api.rate import KeyRate
from footfall.app.install import Install
from footfall.domain import Site
from footfall.errors import NotAllowed, NotSignedIn
from footfall.metadata import note_actor


class LocalCaller:
    """The command line on this machine: it may use every site, and is no person."""

    owner_id = None

    def may_use(self, site_id: int) -> bool:
        """Tell yes."""
        return True


AnyCaller: TypeAlias = KeyCaller | LocalCaller
KeyCheck: TypeAlias = Callable[[str, str], AnyCaller]


def key_check(install: Install) -> KeyCheck:
    """Make what says whose a key is, given the key and a scope it must have; raises NotSignedIn or NotAllowed."""
    token = install.secrets.local_token.encode()

    def check(key_text: str, scope: str) -> AnyCaller:
        if compare_digest(key_text.encode(), token):
            note_actor("command", None, "")
            return LocalCaller()
        return install.people.keys.check(key_text, scope)

    return check


def authorizer(check_key: KeyCheck, rate: KeyRate) -> Authorize:
    """Make what lets callers with a key in, and counts their requests."""

    def authorize(request: Request, scope: str, site: Site) -> int | None:
        key = bearer_key(request)
        if key is None:
            raise NotSignedIn("Missing API key. Please use a valid Plausible API key as a Bearer Token.")
        caller = check_key(key, scope)
        rate.count(request)
        if not caller.may_use(site.id):
            raise NotAllowed("This API key does not reach this site.")
        return caller.owner_id

    return authorize
