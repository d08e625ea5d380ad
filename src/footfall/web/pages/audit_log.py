"""The audit log of a site, of a team with its sites, and of the install, for their owners; as a page and as a file."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    Accounts,
    AuditLog,
    Entry,
    Membership,
    Part,
    User,
    Wanted,
    audit_csv,
)
from footfall.domain import Site
from footfall.errors import InvalidInput, NotAllowed
from footfall.texts import Phrase
from footfall.web.audit_names import ACTOR_NAMES, EVENT_NAMES, SUBJECT_NAMES
from footfall.web.audit_words import line_of
from footfall.web.guard import Guard
from footfall.web.pages.team_page import TeamAccess

ENTRIES_PER_PAGE = 50
_UTC = ZoneInfo("UTC")
_PRIVATE = {"cache-control": "no-store"}
_NOTHING: tuple[list[Entry], int] = ([], 0)


class Shown(NamedTuple):
    """Whose log is shown: what it is called, where it and the page before it lie, and on which clock."""

    part: Part
    name: str
    here: str
    back: str
    back_to: str
    zone: ZoneInfo = _UTC


class Asked(NamedTuple):
    """What the address of the page asks for, as it stands there."""

    who: str = ""
    what: str = ""
    first: str = ""
    last: str = ""
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return any((self.who, self.what, self.first, self.last))

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """The same for the log; raises InvalidInput for a day that is none."""
        return Wanted(
            self.who, self.what, _start_ms(self.first, "from", zone), _start_ms(self.last, "to", zone, days=1)
        )

    @property
    def offset(self) -> int:
        """How many entries come before those of the page."""
        return (self.page - 1) * ENTRIES_PER_PAGE

    def query(self, page: int = 1) -> str:
        """The query string that asks this, at another page."""
        named = (("who", self.who), ("what", self.what), ("from", self.first), ("to", self.last))
        pairs = [(name, value) for name, value in named if value]
        pairs += [("page", str(page))] if page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""


class AuditLogPage:
    """Shows a log, as a page and as a file, filtered as the address asks."""

    def __init__(self, log: AuditLog, templates: Jinja2Templates) -> None:
        self._log = log
        self._templates = templates

    def show(self, request: Request, shown: Shown) -> Response:
        """Show a page of it, or what is wrong with what was asked for."""
        asked = _asked(request.query_params)
        found, error = _NOTHING, None
        try:
            wanted = asked.wanted(shown.zone)
            found = self._log.newest(shown.part, wanted, limit=ENTRIES_PER_PAGE, offset=asked.offset)
        except InvalidInput as problem:
            error = problem
        entries, total = found
        context = {
            "shown": shown,
            "asked": asked,
            "error": error,
            "entries": entries,
            "line_of": line_of,
            "total": total,
            "pages": -(-total // ENTRIES_PER_PAGE),
            "people": self._log.people(shown.part),
            "no_people": ACTOR_NAMES,
            "subjects": SUBJECT_NAMES,
            "events": EVENT_NAMES,
        }
        status = error.status if error else 200
        return self._templates.TemplateResponse(request, "audit_log.html", context, status, _PRIVATE)

    def file(self, request: Request, shown: Shown) -> Response:
        """All of it as a CSV file; raises InvalidInput for a day that is none."""
        lines = audit_csv(self._log.entries(shown.part, _asked(request.query_params).wanted(shown.zone)))
        headers = {"content-disposition": 'attachment; filename="audit-log.csv"'} | _PRIVATE
        return StreamingResponse(lines, media_type="text/csv", headers=headers)


def audit_log_pages_router(*, accounts: Accounts, guard: Guard, access: TeamAccess, page: AuditLogPage) -> APIRouter:
    """Make `…/audit-log` and `…/audit-log.csv` below a site, below a team, and alone."""
    router = APIRouter(include_in_schema=False)

    def of_site(site: Annotated[Site, Depends(guard.owned_site)]) -> Shown:
        own = f"/sites/{site.domain}"
        return Shown(
            Part(site_id=site.id), site.domain, f"{own}/audit-log", f"{own}/settings", Phrase("Settings"), site.zone
        )

    def of_team(mine: Annotated[Membership, access.owner]) -> Shown:
        own = f"/teams/{mine.team.public_id}"
        name = mine.team.name
        shown_name = Phrase("{team} and its sites", team=name)
        return Shown(Part(team_id=mine.team.id), shown_name, f"{own}/audit-log", own, name)

    def of_install(user: Annotated[User, Depends(guard.user)]) -> Shown:
        if not accounts.is_owner(user.id):
            raise NotAllowed("Only the person who owns this install may read its log.")
        return Shown(Part(), Phrase("this install"), "/audit-log", "/account", Phrase("Your account"))

    for path, whose in (
        ("/sites/{domain}/audit-log", of_site),
        ("/teams/{public_id}/audit-log", of_team),
        ("/audit-log", of_install),
    ):
        router.add_api_route(path, _answered_by(page.show, whose), methods=["GET"])
        router.add_api_route(f"{path}.csv", _answered_by(page.file, whose), methods=["GET"])
    return router


def _answered_by(answer: Callable[[Request, Shown], Response], whose: Callable[..., Shown]) -> Callable[..., Response]:
    def respond(request: Request, shown: Annotated[Shown, Depends(whose)]) -> Response:
        return answer(request, shown)

    return respond


def _asked(query: Mapping[str, str]) -> Asked:
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Asked(
        query.get("who", ""), query.get("what", ""), query.get("from", ""), query.get("to", ""), max(number, 1)
    )


def _start_ms(text: str, field: str, zone: ZoneInfo, *, days: int = 0) -> int | None:
    """When a day begins, or one that many days later, by UTC milliseconds; None without a day."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
        return int(datetime.combine(day, time(), zone).timestamp() * 1000)
    except (ValueError, OverflowError):
        raise InvalidInput("Give a day as 2026-12-31.", field=field) from None
