"""The one Jinja2 environment: always escaping, failing on unknown names, with the formats pages speak in."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.templating import Jinja2Templates

from footfall.query import FOLDED
from footfall.reports.figures import direction
from footfall.reports.panels import PANELS
from footfall.reports.view import Filter
from footfall.web import dates, drawing, labels, numbers
from footfall.web.assets import asset_url

_FUNCTIONS = {
    "asset": asset_url,
    "label": labels.label,
    "line": drawing.line,
    "folded": FOLDED,
    "direction": direction,
    "panels": PANELS,
    "country_filter": lambda code: Filter("country", code),
}

_FILTERS = {
    "short": numbers.short,
    "exact": numbers.exact,
    "figure": numbers.with_small_units,
    "signed": numbers.signed,
    "day": dates.day_title,
    "range_title": dates.range_title,
    "moment": dates.moment_title,
    "days_title": lambda note: dates.span_title(note.first, note.last),
}


def page_templates() -> Jinja2Templates:
    """Make the templates all pages are rendered with."""
    environment = Environment(
        loader=PackageLoader("footfall.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_FUNCTIONS)
    environment.filters.update(_FILTERS)
    return Jinja2Templates(env=environment)
