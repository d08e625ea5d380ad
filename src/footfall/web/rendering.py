"""The one Jinja2 environment: always escaping, failing on unknown names, with the formats pages speak in.

A page is written in the language of who asks for it: the one they chose, else one their browser asks for.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from footfall.domain.roles import ROLE_NAMES
from footfall.query import FOLDED
from footfall.reports.figures import direction
from footfall.reports.panels import PANELS
from footfall.reports.view import Filter
from footfall.texts import reader, speaks, written_for
from footfall.web import dates, drawing, labels, numbers, places
from footfall.web.assets import asset_url
from footfall.web.language import language_headers, words_for
from footfall.web.script_texts import script_texts

_FUNCTIONS = {
    "asset": asset_url,
    "label": labels.label,
    "line": drawing.line,
    "folded": FOLDED,
    "direction": direction,
    "panels": PANELS,
    "country_filter": lambda code: Filter("country", code),
    "reader": reader,
    "role_names": {role.value: name for role, name in ROLE_NAMES.items()},
    "country_names": places.country_names,
    "country": lambda code: labels.label("country", code),
    "script_texts": script_texts,
}

_FILTERS = {
    "short": numbers.short,
    "exact": numbers.exact,
    "percent": numbers.percent,
    "digits_of": numbers.digits_of,
    "figure": numbers.with_small_units,
    "signed": numbers.signed,
    "day": dates.day_title,
    "range_title": dates.range_title,
    "moment": dates.moment_title,
    "weekday": dates.weekday_name,
    "span_title": lambda days: dates.span_title(*days),
    "tick": lambda point: dates.bucket_tick(point.bucket, point.interval),
    "bucket_title": lambda point: dates.bucket_title(point.bucket, point.interval),
}


class PageTemplates(Jinja2Templates):
    """Templates that write each page in the words of who asks for it."""

    def TemplateResponse(  # type: ignore[override]  # noqa: N802 (starlette's name; the deprecated forms are left out)
        self,
        request: Request,
        name: str,
        context: dict[str, Any] | None = None,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
    ) -> Response:
        """Render a page, and say of which languages it could have been."""
        words = words_for(request)
        with written_for(words):
            made = super().TemplateResponse(request, name, context, status_code, None, media_type, background)
        made.headers.update({**language_headers(words), **(headers or {})})
        return made


def page_templates() -> Jinja2Templates:
    """Make the templates all pages are rendered with."""
    environment = Environment(
        loader=PackageLoader("footfall.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speaks(environment)
    environment.globals.update(_FUNCTIONS)
    environment.filters.update(_FILTERS)
    return PageTemplates(env=environment)
