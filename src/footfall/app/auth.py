"""The JSON sign-in, with what browsers carry as the pages have it."""

from fastapi import APIRouter

from footfall.accounts import Invitations, Teams
from footfall.api.auth import auth_router
from footfall.api.registering import Registering
from footfall.app.install import Install
from footfall.app.signing_in import SigningIn
from footfall.mail import Post
from footfall.web.browsers import Browsers
from footfall.web.entering import Entering
from footfall.web.forms import FormTokens
from footfall.web.pages.registration import link_sender
from footfall.web.pages.setup import check_setup_code


def install_auth_router(install: Install, bounds: SigningIn, setup_code: str) -> APIRouter:
    """The routes of an install."""
    database, clock, settings = install.database, install.clock, install.settings
    links, base = install.people.links, settings.base_url.rstrip("/")
    registering = Registering(
        accounts=install.people.accounts,
        links=links,
        invitations=Invitations(database, clock),
        sites=install.sites,
        **bounds._asdict(),
        check_setup=lambda request, code: check_setup_code(request, code, setup_code, bounds.attempts),
        send_link=link_sender(install.people.accounts, links, Post(settings), lambda path: f"{base}{path}"),
        is_open=settings.registration == "open",
    )
    return auth_router(
        accounts=install.people.accounts,
        entrance=install.people.entrance,
        factors=install.people.second_factors,
        teams=Teams(database, clock),
        registering=registering,
        browsers=Browsers(
            Entering(install.people.accounts, install.people.entrance), FormTokens(install.secrets.session_key)
        ),
        **bounds._asdict(),
    )
