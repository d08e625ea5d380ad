"""The audit log, for programs and on pages."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.templating import Jinja2Templates

from footfall.accounts import AuditLog, Teams
from footfall.api.audit_log import audit_log_router
from footfall.api.keys import Keys
from footfall.app.install import Install
from footfall.domain import Site
from footfall.store import Import
from footfall.web.guard import Guard
from footfall.web.pages.audit_log import AuditLogPage, audit_log_pages_router
from footfall.web.pages.team_page import TeamAccess


def audit_api_router(install: Install, keys: Keys) -> APIRouter:
    """The routes for programs."""
    return audit_log_router(
        sites=install.sites,
        teams=Teams(install.database, install.clock),
        accounts=install.people.accounts,
        keys=keys,
        log=install.people.audit_log,
    )


def audit_pages_router(install: Install, templates: Jinja2Templates, guard: Guard) -> APIRouter:
    """The pages; include it before those at `/{domain}`."""
    return audit_log_pages_router(
        accounts=install.people.accounts,
        guard=guard,
        access=TeamAccess(Teams(install.database, install.clock), guard),
        page=AuditLogPage(install.people.audit_log, templates),
    )


def note_import(log: AuditLog) -> Callable[[str, Site, Import], None]:
    """What writes down that totals of another product were brought in or deleted, and of which days."""

    def note(action: str, site: Site, one: Import) -> None:
        log.note(action, site.id, origin=one.origin, first_day=one.first_day, last_day=one.last_day, rows=one.rows)

    return note
