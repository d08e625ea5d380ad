"""The audit log, for programs and on pages."""

from fastapi import APIRouter
from starlette.templating import Jinja2Templates

from footfall.accounts import Teams
from footfall.api.audit_log import audit_log_router
from footfall.api.keys import Keys
from footfall.app.install import Install
from footfall.web.guard import Guard
from footfall.web.pages.audit_log import audit_log_pages_router
from footfall.web.pages.team_page import TeamAccess


def audit_api_router(install: Install, keys: Keys) -> APIRouter:
    """The routes for programs."""
    return audit_log_router(
        sites=install.sites,
        teams=Teams(install.database, install.clock),
        accounts=install.accounts,
        keys=keys,
        log=install.audit_log,
    )


def audit_pages_router(install: Install, templates: Jinja2Templates, guard: Guard) -> APIRouter:
    """The pages; include it before those at `/{domain}`."""
    return audit_log_pages_router(
        log=install.audit_log,
        accounts=install.accounts,
        guard=guard,
        access=TeamAccess(Teams(install.database, install.clock), guard),
        templates=templates,
    )
