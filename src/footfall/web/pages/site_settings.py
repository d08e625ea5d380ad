"""The settings of one site that are its options: one row a form, saved as they stand in the form."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from footfall.domain import Site, TrackerOptions, WeekStart
from footfall.errors import FootfallError, InvalidInput
from footfall.sites import SiteDirectory, currencies, timezones
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import Reader, SettingsPage
from footfall.web.rebuilds import RebuildOf, nothing_under_way


class Switch(NamedTuple):
    """One tracker option as people see it."""

    option: str
    label: str
    hint: str


SWITCHES = (
    Switch("outbound_links", Phrase("Outbound links"), Phrase("A click on a link to another site is an event.")),
    Switch("file_downloads", Phrase("File downloads"), Phrase("A click on a link to a file is an event.")),
    Switch(
        "form_submissions",
        Phrase("Form submissions"),
        Phrase("Sending a form is an event; what was entered is never read."),
    ),
    Switch("track_404_pages", Phrase("Pages not found"), Phrase("A page that says it is missing is an event.")),
    Switch("hash_based_routing", Phrase("Routes after #"), Phrase("A change of the part after # is a view.")),
    Switch("track_localhost", Phrase("Localhost"), Phrase("Views on a developer's own machine count.")),
    Switch("respect_dnt", Phrase("Do Not Track"), Phrase("Visitors who ask not to be tracked are not counted.")),
)


def _text(form: FormData, field: str) -> str:
    value = form.get(field)
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput("Fill in this field.", field=field)
    return value


def _perhaps(form: FormData, field: str) -> str:
    return str(form.get(field) or "")


def _number(form: FormData, field: str) -> int:
    text = _text(form, field).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidInput("Enter a whole number.", field=field)
    return int(text)


def _switched(form: FormData, field: str) -> bool:
    return form.get(field) == "true"


def _words(form: FormData, field: str) -> list[str]:
    return str(form.get(field) or "").split()


def _lines(form: FormData, field: str) -> list[str]:
    return [line.strip() for line in str(form.get(field) or "").splitlines() if line.strip()]


def _tracker(form: FormData, field: str) -> TrackerOptions:
    chosen = form.getlist(field)
    return TrackerOptions(**{switch.option: switch.option in chosen for switch in SWITCHES})


class Field(NamedTuple):
    """A field of a form, the option it sets, and how it is read."""

    name: str
    option: str
    read: Callable[[FormData, str], Any]


def _same(name: str, read: Callable[[FormData, str], Any]) -> Field:
    return Field(name, name, read)


FORMS: dict[str, tuple[Field, ...]] = {
    "general": (
        Field("new_domain", "domain", _text),
        _same("timezone", _text),
        _same("currency", _text),
        _same("week_start", _text),
    ),
    "hostnames": (Field("hostnames", "allowed_hostnames", _words),),
    "tracker": (Field("on", "tracker", _tracker),),
    "properties": (_same("custom_properties", _lines),),
    "recorded": (_same("properties_per_event", _number), _same("query_parameters", _words)),
    "identity": (_same("identity_mode", _text),),
    "retention": (_same("retention_days", _number), _same("monthly_events", _number)),
    "visibility": (
        _same("public_dashboard", _switched),
        _same("public_small_groups", _switched),
        _same("public_cities", _switched),
    ),
    "custom_domain": (
        _same("custom_domain", _perhaps),
        _same("script_path", _perhaps),
        _same("intake_path", _perhaps),
    ),
    "badge": (_same("public_counter", _switched),),
}


def option_readers(rebuild_of: RebuildOf = nothing_under_way) -> Mapping[str, Reader]:
    """What the templates of these forms show besides the site."""
    return {
        "general": lambda _request, site: {
            "rebuild": rebuild_of(site),
            "timezones": timezones(),
            "currencies": currencies(),
            "week_starts": tuple(WeekStart),
        },
        "tracker": lambda _request, _site: {"switches": SWITCHES},
    }


def site_settings_router(*, sites: SiteDirectory, guard: Guard, page: SettingsPage) -> APIRouter:
    """Make `/sites/{domain}/settings` for the owners of a site."""
    router = APIRouter(prefix="/sites/{domain}/settings", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.managed_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    @router.get("")
    def settings(request: Request, site: Annotated[Site, Depends(guard.edited_site)]) -> Response:
        if not request.state.may_manage:
            return RedirectResponse(f"/sites/{site.domain}/settings/events", 303)
        return page.section(request, site, "general")

    @router.get("/{section}")
    def one_section(request: Request, site: ThisSite, section: str) -> Response:
        return page.section(request, site, section)

    def save(request: Request, site: Site, name: str, form: FormData) -> Response:
        try:
            changed = sites.update(site.id, **{field.option: field.read(form, field.name) for field in FORMS[name]})
        except FootfallError as error:
            return page.show(request, site, name, error)
        return page.saved(changed, name)

    def saving(name: str) -> Callable[..., Any]:
        async def save_form(request: Request, site: ThisSite) -> Response:
            return await run_in_threadpool(save, request, site, name, await request.form())

        return save_form

    for name in FORMS:
        router.add_api_route(f"/{name}", saving(name), methods=["POST"], dependencies=own_form)
    return router
