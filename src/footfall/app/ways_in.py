"""The ways to sign in besides a password: passkeys, and accounts at providers."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from fastapi import APIRouter
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    Accounts,
    Handshakes,
    Invitations,
    LinkedAccounts,
    Passkeys,
    WaysIn,
    relying_party,
    ways_in,
)
from footfall.app.signing_in import SigningIn
from footfall.mail import Post
from footfall.metadata import Clock, Database
from footfall.openid import Fetching, open_id_clients, provider_of
from footfall.settings import Settings
from footfall.sites import SiteDirectory
from footfall.web.asking_providers import AskingProviders
from footfall.web.entering import Entering
from footfall.web.guard import Guard
from footfall.web.in_person import InPerson
from footfall.web.pages.account_page import AccountPage, Section
from footfall.web.pages.linked_accounts import LinkOffers, linked_accounts_router, linked_accounts_section
from footfall.web.pages.passkeys import passkey_sign_in_router, passkeys_router, passkeys_section
from footfall.web.pages.providers import Newcomers, providers_router
from footfall.web.pages.sign_in_page import SignInPage


class OtherWaysIn(NamedTuple):
    """What those pages are made of."""

    passkeys: Passkeys
    linked: LinkedAccounts
    handshakes: Handshakes
    asking: AskingProviders
    ways_of: Callable[[int], WaysIn]

    def sections(self) -> tuple[Section, ...]:
        """What the page of an account tells of them."""
        return passkeys_section(self.passkeys), linked_accounts_section(self.linked, self.asking, self.ways_of)


def other_ways_in(
    database: Database, clock: Clock, settings: Settings, bounds: SigningIn, handle_key: bytes
) -> OtherWaysIn:
    """Make them; raises SettingsError where a provider's secret cannot be read. ``handle_key``: see ``Passkeys``."""
    providers = [provider_of(one) for one in settings.oidc_providers]
    clients = open_id_clients(providers, Fetching(), clock)
    handshakes = Handshakes(database, clock)
    party = relying_party(settings.base_url, settings.port)
    asking = AskingProviders(clients, handshakes, bounds.attempts, bounds.client_of, settings.base_url)
    return OtherWaysIn(
        passkeys=Passkeys(database, clock, party, handle_key),
        linked=LinkedAccounts(database, clock),
        handshakes=handshakes,
        asking=asking,
        ways_of=partial(ways_in, database, issuers=asking.issuers),
    )


def sign_in_page(ways: OtherWaysIn, templates: Jinja2Templates, *, is_open: bool) -> SignInPage:
    """Make the page that shows them beside the password; ``is_open``: strangers may make an account."""
    return SignInPage(
        templates,
        is_open=is_open,
        passkeys_at=ways.passkeys.origin,
        providers=ways.asking.providers,
    )


def other_ways_in_routers(
    ways: OtherWaysIn,
    bounds: SigningIn,
    *,
    accounts: Accounts,
    in_person: InPerson,
    invitations: Invitations,
    sites: SiteDirectory,
    post: Post,
    note_refusal: Callable[[str], None],
    is_open: bool,
    entering: Entering,
    guard: Guard,
    sign_in: SignInPage,
    account: AccountPage,
    templates: Jinja2Templates,
) -> tuple[APIRouter, ...]:
    """Make their routes; ``is_open``: strangers may make an account."""
    attempts = bounds.attempts
    offers = LinkOffers(ways.linked, ways.handshakes, ways.ways_of, templates)
    newcomers = Newcomers(ways.linked, invitations, sites, is_open=is_open)
    return (
        passkeys_router(
            passkeys=ways.passkeys,
            in_person=in_person,
            issuers=ways.asking.issuers,
            post=post,
            guard=guard,
            page=account,
        ),
        passkey_sign_in_router(
            passkeys=ways.passkeys, entering=entering, attempts=attempts, client_of=bounds.client_of, page=sign_in
        ),
        linked_accounts_router(
            asking=ways.asking,
            linked=ways.linked,
            offers=offers,
            in_person=in_person,
            post=post,
            guard=guard,
            page=account,
        ),
        providers_router(
            asking=ways.asking,
            linked=ways.linked,
            newcomers=newcomers,
            offers=offers,
            accounts=accounts,
            entering=entering,
            note_refusal=note_refusal,
            guard=guard,
            page=sign_in,
            account_page=account,
        ),
    )
