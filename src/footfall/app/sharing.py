"""What people without an account see, built around the one decision on who they are."""

from fastapi import APIRouter, Request
from starlette.templating import Jinja2Templates

from footfall.accounts import Attempts
from footfall.api.keys import Keys
from footfall.api.shared_links import shared_links_router, shared_links_wire_router
from footfall.app.install import Install
from footfall.app.signing_in import SigningIn
from footfall.app.vocabulary import vocabulary_of
from footfall.domain import Site
from footfall.sites import SharedAccess, SharedLink
from footfall.web.addresses import public_address
from footfall.web.guard import Guard
from footfall.web.pages.shared_links import shared_url
from footfall.web.sharing.admittance import Admittance, LinkPasswords
from footfall.web.sharing.embed import embed_router
from footfall.web.sharing.pages import SharedPages
from footfall.web.sharing.routes import shared_router

_REQUESTS = 3_000
_PER_SECONDS = 600


def shared_access(install: Install) -> SharedAccess:
    """Who may see a site without being a member."""
    return SharedAccess(
        install.sites, install.belongings.shared_links, install.secrets.key_for("shared links"), install.clock
    )


def shared_link_routers(
    install: Install, bounds: SigningIn, *, own_keys: Keys, keys: Keys
) -> tuple[APIRouter, APIRouter]:
    """The routes by which programs make and delete links; include them before those of sites."""

    def url_of(request: Request, site: Site, link: SharedLink) -> str:
        return shared_url(install.settings.base_url or public_address(request), site, link)

    wire = shared_links_wire_router(
        sites=install.sites, links=install.belongings.shared_links, keys=keys, url_of=url_of
    )
    own = shared_links_router(
        sites=install.sites,
        links=install.belongings.shared_links,
        segments=install.belongings.segments,
        keys=own_keys,
        passwords=install.people.passwords,
        threads=bounds.threads,
        url_of=url_of,
    )
    return wire, own


def shared_routers(
    install: Install, templates: Jinja2Templates, guard: Guard, bounds: SigningIn
) -> tuple[APIRouter, APIRouter]:
    """Their pages; ``bounds`` are those of the sign-in page, and passwords of links are guessed within them."""

    def is_member(user_id: int, domain: str) -> bool:
        site = install.sites.by_domain(domain)
        return site is not None and install.sites.may_read(user_id, site.id)

    pages = SharedPages(
        reader=install.storage.reader,
        templates=templates,
        clock=install.clock,
        vocabulary_of=vocabulary_of(install),
        base_url=install.settings.base_url,
    )
    access, client_of = shared_access(install), bounds.client_of
    admittance = Admittance(
        access=access,
        guard=guard,
        is_member=is_member,
        visits=Attempts(install.clock, limit=_REQUESTS, window_seconds=_PER_SECONDS),
        client_of=client_of,
    )
    link_passwords = LinkPasswords(
        access=access,
        passwords=install.people.passwords,
        threads=bounds.threads,
        guesses=bounds.attempts,
        client_of=client_of,
    )
    shared = shared_router(pages=pages, admittance=admittance, link_passwords=link_passwords)
    return embed_router(), shared
