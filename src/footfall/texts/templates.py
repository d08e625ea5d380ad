"""How templates say things: `_("Save")`, `{% trans %}`, and whatever text stands between braces."""

from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from footfall.texts.phrase import Phrase
from footfall.texts.reading import reader


def speaks(environment: Environment) -> Environment:
    """Teach an environment that escapes to say texts in the language of the reader.

    Numbers and days between `{% trans count=… %}` and its end are written as the reader writes them.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension's own
    environment.globals |= {"_": _one, "gettext": _one, "ngettext": _many}
    environment.finalize = _said
    return environment


def _said(value: Any) -> Any:
    return reader().of(value) if isinstance(value, Phrase) else value


def _one(message: str, /, **values: Any) -> Markup:
    return _filled_in(reader().one(message), values)


def _many(one: str, many: str, num: float, /, **values: Any) -> Markup:
    return _filled_in(reader().many(one, many, num), {"num": num, **values})


def _filled_in(message: str, values: dict[str, Any]) -> Markup:
    """Catalogues are ours, and may hold markup; values are not, and are escaped."""
    return Markup(message) % reader().values(values) if values else Markup(message.replace("%%", "%"))  # noqa: S704
