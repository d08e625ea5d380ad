"""The one Jinja2 environment: always escaping, failing on unknown names, with the formats pages speak in."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.templating import Jinja2Templates

from footfall.web import numbers
from footfall.web.assets import asset_url


def page_templates() -> Jinja2Templates:
    """Make the templates all pages are rendered with."""
    environment = Environment(
        loader=PackageLoader("footfall.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = asset_url
    environment.filters["short"] = numbers.short
    environment.filters["exact"] = numbers.exact
    return Jinja2Templates(env=environment)
