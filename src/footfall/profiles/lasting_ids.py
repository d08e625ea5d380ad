"""Which lasting id a name stands for: on the device a random text, in identified mode what the site calls its user.

An id ends with its consent. Whoever agrees again under the same name gets the next of a row of ids, each a keyed hash
of its own: nothing but the name and the key together tells that two belong to one person.
"""

from footfall.domain import IdentityMode, Site
from footfall.identity import Identity, VisitorIds
from footfall.profiles.consents import Consents

MAX_RENEWALS = 100
"""After so many withdrawals a name is not remembered any more."""


class LastingIds:
    """Names in, ids out; from memory alone."""

    def __init__(self, identity: Identity, consents: Consents) -> None:
        self._identity = identity
        self._consents = consents

    def of(self, site: Site, name: str, *, is_keyed: bool) -> VisitorIds | None:
        """The id of a name, which a keyed caller may always state; None where its visitor is not to be remembered."""
        return self.newest(site, name)[0] if is_keyed else self._of_browser(site, name)

    def newest(self, site: Site, name: str) -> tuple[VisitorIds, int]:
        """The first id of a name that was not withdrawn, and how many were."""
        ids = self._identity.lasting(site, name)
        renewal = 0
        while self._consents.is_withdrawn(ids.current) and renewal < MAX_RENEWALS:
            renewal += 1
            ids = self._identity.lasting(site, name, renewal)
        return ids, renewal

    def ever(self, site: Site, name: str) -> list[int]:
        """Every id a name has had, oldest first."""
        _, renewals = self.newest(site, name)
        return [self._identity.lasting(site, name, renewal).current for renewal in range(renewals + 1)]

    def _of_browser(self, site: Site, name: str) -> VisitorIds | None:
        if site.identity_mode is IdentityMode.COOKIELESS:
            return None
        ids, renewal = self.newest(site, name)
        has_consent = renewal == 0 or (renewal < MAX_RENEWALS and self._consents.is_renewed(ids.current))
        return ids if has_consent else None
