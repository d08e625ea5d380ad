"""The settings of a site: one page a section, with the list of all sections beside it.

`SECTIONS` is the table of them. A section consists of forms; each has a template of its name, and
may have a reader that brings what the template shows.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.domain import Site
from footfall.errors import FootfallError, NotFound
from footfall.texts import Phrase

Reader = Callable[[Request, Site], Mapping[str, Any]]


class Section(NamedTuple):
    """One entry of the list: its key in the address, its words, and the forms it consists of."""

    key: str
    title: str
    lede: str
    forms: tuple[str, ...]


GROUPS = {
    Phrase("Site"): (
        Section(
            "general",
            Phrase("General"),
            Phrase("What this site is, and how its days and weeks are counted."),
            ("general", "hostnames"),
        ),
        Section(
            "tracking",
            Phrase("Tracking"),
            Phrase("What the script records besides views. The snippet stays as it is."),
            ("tracker",),
        ),
        Section(
            "domain",
            Phrase("Own domain"),
            Phrase("A host of yours for the script and its events, for nothing else."),
            ("custom_domain",),
        ),
        Section(
            "goals",
            Phrase("Goals"),
            Phrase("What you want visitors to do. Each goal gets its conversion rate."),
            ("goals",),
        ),
        Section(
            "properties",
            Phrase("Properties"),
            Phrase("What events may carry, and what of an address is kept."),
            ("properties", "recorded"),
        ),
        Section(
            "events",
            Phrase("Events"),
            Phrase("Every event that was ever sent: what it means, and what it tells."),
            ("registry",),
        ),
        Section(
            "shields",
            Phrase("Shields"),
            Phrase("Whose events are not counted, and what was refused."),
            ("shields", "refused"),
        ),
    ),
    Phrase("Privacy"): (
        Section(
            "privacy",
            Phrase("Visitors"),
            Phrase("Who a visitor is, and what they may ask of you."),
            ("identity", "visitors"),
        ),
        Section(
            "retention",
            Phrase("Retention"),
            Phrase("How long events are kept, and how many are taken."),
            ("retention", "erase_days"),
        ),
    ),
    Phrase("Sharing"): (
        Section("people", Phrase("People"), Phrase("Who signs in to see or change this site."), ("people",)),
        Section(
            "visibility",
            Phrase("Visibility"),
            Phrase("What people see who have no account here."),
            ("visibility", "badge"),
        ),
        Section(
            "links",
            Phrase("Shared links"),
            Phrase("Addresses under which others see this dashboard, and nothing else."),
            ("links",),
        ),
    ),
    Phrase("Data"): (
        Section("keys", Phrase("API keys"), Phrase("What your servers and tools sign in with."), ("keys",)),
        Section(
            "data", Phrase("Import and export"), Phrase("Everything stored can be taken along."), ("export", "import")
        ),
        Section(
            "danger", Phrase("Danger zone"), Phrase("None of this can be undone."), ("reset", "transfer", "delete")
        ),
    ),
}
SECTIONS = {section.key: section for group in GROUPS.values() for section in group}
_OF_EDITORS = {Phrase("Site"): (SECTIONS["events"],)}
"""All that is there for who may edit a site and not manage it."""
_SECTION_OF = {form: section for section in SECTIONS.values() for form in section.forms}


class SettingsPage:
    """Shows a section after whatever was asked of it; ``readers`` bring what a form's template shows."""

    def __init__(self, templates: Jinja2Templates, readers: Mapping[str, Reader]) -> None:
        self._templates = templates
        self._readers = readers

    def section(self, request: Request, site: Site, key: str) -> Response:
        """Show the section of this key; raises NotFound."""
        if key not in SECTIONS:
            raise NotFound("There are no such settings; choose from the list.")
        return self._show(request, site, SECTIONS[key], {"form": "", "error": None})

    def show(
        self, request: Request, site: Site, form: str, error: FootfallError | None = None, **extra: Any
    ) -> Response:
        """Show the section a form belongs to, with what went wrong in it if something did."""
        return self._show(request, site, _SECTION_OF[form], {"form": form, "error": error} | extra)

    def saved(self, site: Site, form: str, **more: str) -> Response:
        """Lead back to the section, which says that ``form`` was saved."""
        query = "".join(f"&{name}={value}" for name, value in more.items())
        return RedirectResponse(f"{section_url(site, form)}?saved={form}{query}#{form}", 303)

    def _show(self, request: Request, site: Site, section: Section, extra: dict[str, Any]) -> Response:
        groups = GROUPS if request.state.may_manage else _OF_EDITORS
        context: dict[str, Any] = {"site": site, "section": section, "groups": groups, "owns": request.state.owns}
        for form in section.forms:
            if form in self._readers:
                context |= self._readers[form](request, site)
        error: FootfallError | None = extra["error"]
        status = error.status if error else 200
        return self._templates.TemplateResponse(request, "site_settings/settings.html", context | extra, status)


def section_url(site: Site, form: str) -> str:
    """Where the form of this name stands."""
    return f"/sites/{site.domain}/settings/{_SECTION_OF[form].key}"
