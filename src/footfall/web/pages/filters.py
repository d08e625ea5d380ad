"""Making and changing a filter: a form that offers what the data have, and leads to the view it asks for."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from footfall.errors import InvalidInput
from footfall.reports.asking import Asking
from footfall.reports.dimensions import SEGMENT, dimension, grouped, named
from footfall.reports.suggestions import Suggestion, examples, property_names, suggest
from footfall.texts import Phrase, Words, written_for
from footfall.web.filter_form import FilterForm, read_filter_form
from footfall.web.labels import names_of_values
from footfall.web.language import words_for
from footfall.web.links import Links
from footfall.web.pages.dashboard import DashboardPages
from footfall.web.pages.seen import Seen
from footfall.web.refusals import refusal


def filters_router(pages: DashboardPages, *, seen: Callable[..., Seen]) -> APIRouter:
    """Make `/sites/{domain}/filter`; ``seen`` refuses who may not see the site."""
    router = APIRouter(prefix="/sites/{domain}/filter", include_in_schema=False)
    ThisSeen = Annotated[Seen, Depends(seen)]  # noqa: N806 (a type)

    @router.get("")
    async def filter_form(request: Request, seen: ThisSeen) -> Response:
        form = read_filter_form(request.query_params)
        if "apply" in request.query_params:
            return RedirectResponse(Links(seen.site.domain, form.applied()).here(), 303)
        if "more" in request.query_params:
            form = form.with_typed_value()
        now = pages.now()
        asking = pages.asking(seen, now)
        context: dict[str, Any] = {
            "form": form,
            "title": named(form.dimension).title if dimension(form.dimension) else Phrase("Property"),
            "form_groups": grouped(),
            "properties": await property_names(asking, form.without_its_own) if form.is_property else [],
            "suggestions": [],
            "problem": "",
        }
        try:
            context["suggestions"] = await _suggestions(asking, form, words_for(request))
        except InvalidInput as error:
            context["problem"] = refusal(error)
        return pages.render(request, "filter.html", pages.head(seen, form.view, 0, now) | context)

    return router


async def _suggestions(asking: Asking, form: FilterForm, words: Words) -> list[Suggestion]:
    """What the data have to choose from, or what a text or a pattern fits."""
    if dimension(form.dimension) is None or form.dimension == SEGMENT:
        return []
    if form.compares.is_exact:
        with written_for(words):
            return await suggest(
                asking, form.without_its_own, form.dimension, form.search, names_of_values(form.dimension)
            )
    typed = form.with_typed_value().group
    return await examples(asking, form.without_its_own, typed) if typed.values else []
