"""The catalogues: one `.po` file a language, read where somebody first needs it."""

import gettext
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from io import BytesIO
from typing import NamedTuple

from babel import Locale
from babel.messages.pofile import read_po

ENGLISH = "en"
"""The language of the code itself; it needs no catalogue."""


class Catalogue(NamedTuple):
    """Sentences by their English ones, and which of the forms of a plural a number takes."""

    sentences: Mapping[str, str | tuple[str, ...]]
    form_of: Callable[[int], int]


@cache
def languages() -> tuple[str, ...]:
    """The languages pages can be read in, English first."""
    found = (file.name.removesuffix(".po") for file in _folder().iterdir() if file.name.endswith(".po"))
    return (ENGLISH, *sorted(found))


@cache
def language_name(language: str) -> str:
    """What a language calls itself, such as Deutsch."""
    name = Locale.parse(language).get_display_name() or language
    return name[0].upper() + name[1:]


@cache
def catalogue_of(language: str) -> Catalogue:
    """The catalogue of one of ``languages()``."""
    if language == ENGLISH:
        return Catalogue({}, lambda count: int(count != 1))
    read = read_po(BytesIO(_folder().joinpath(f"{language}.po").read_bytes()), locale=language)
    sentences = {
        message.id[0] if isinstance(message.id, (list, tuple)) else message.id: _said(message.string)
        for message in read
        if message.id and not message.fuzzy
    }
    return Catalogue({english: said for english, said in sentences.items() if said}, gettext.c2py(read.plural_expr))


def _said(string: str | list[str] | tuple[str, ...] | None) -> str | tuple[str, ...]:
    """Nothing where a sentence, or one of its forms, is missing."""
    if isinstance(string, str) or string is None:
        return string or ""
    return tuple(string) if all(string) else ""


def _folder() -> resources.abc.Traversable:
    return resources.files("footfall.texts").joinpath("catalogues")
