"""Who may watch a site live: whoever holds a key that reads its figures, and its members in their browsers."""

from starlette.requests import HTTPConnection

from footfall.api.keys import OWN_WORDS, bearer_key
from footfall.api.live import SCOPE, Access, Watcher
from footfall.app.install import Install
from footfall.domain import Site
from footfall.errors import NotAllowed, NotFound, NotSignedIn, SecondFactorNeeded
from footfall.web.forms import is_same_origin
from footfall.web.session_cookie import read_session


def live_access(install: Install) -> Access:
    """Make the check of an install."""

    def access(connection: HTTPConnection, public_id: str) -> Watcher:
        site = install.sites.by_public_id(public_id) or install.sites.by_domain(public_id)
        key = bearer_key(connection)
        if key is not None:
            return _by_key(install, key, site)
        return _by_session(install, connection, site)

    return access


def _by_key(install: Install, key: str, site: Site | None) -> Watcher:
    caller = install.people.keys.check(key, SCOPE)
    if site is None or not caller.may_use(site.id):
        raise _no_such_site()
    return Watcher(site, is_member=caller.owner_id is not None)  # a key of the site speaks for nobody


def _by_session(install: Install, connection: HTTPConnection, site: Site | None) -> Watcher:
    token = read_session(connection)
    user = install.people.accounts.user_of_session(token) if token else None
    if user is None:
        raise NotSignedIn(OWN_WORDS.missing)
    if not is_same_origin(connection):
        raise NotAllowed("Another site's page asked for this; only pages of this server may.")
    if site is not None and install.sites.is_held_back(user.id, site.id):
        raise SecondFactorNeeded
    if site is None or not install.sites.may_read(user.id, site.id):
        raise _no_such_site()
    return Watcher(site, is_member=True)


def _no_such_site() -> NotFound:
    return NotFound("Site could not be found", field="site_id")
