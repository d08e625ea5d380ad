"""Bring the catalogues up to date with what the code says, or (`--check`) fail where they are not, or say too little.

`python scripts/texts.py fr` begins the catalogue of another language.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "footfall"
CATALOGUES = SOURCE / "texts" / "catalogues"
_TEMPLATES = {"newstyle_gettext": "true", "trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
_SAID: dict[str, Any] = {"Phrase": None, "counted": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
# The message of an error is a phrase wherever pages show it; other rooms speak to programs and operators.
_ERRORS = dict.fromkeys(
    ("Conflict", "InvalidInput", "NotAllowed", "NotFound", "NotSignedIn", "PlanLimit", "TooManyRequests", "Unavailable")
)
_ROOMS_OF_ERRORS = ("accounts", "mail", "openid", "plans", "sites", "web")
_FILES_OF_ERRORS = ("app/erasing.py", "app/visitor_rights.py")


def extracted() -> Catalog:
    """All that is said, as a catalogue without translations."""
    catalogue = Catalog(fuzzy=False)
    for found in _found():
        catalogue.add(found)
    return catalogue


def up_to_date(language: str, said: Catalog) -> Catalog:
    """The catalogue of a language with exactly the messages of ``said``."""
    file = CATALOGUES / f"{language}.po"
    kept = read_po(BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(locale=language)
    kept.update(said, no_fuzzy_matching=True)
    kept.obsolete.clear()
    return kept


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file, without what changes by itself: dates, and lines of the code."""
    file = BytesIO()
    write_po(file, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: {catalogue.locale}\\n"\n'
    return f'{head}"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'.encode() + file.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Messages that are not said yet, or only perhaps."""
    return [str(one.id) for one in catalogue if one.id and (one.fuzzy or not one.string or not all(one.string))]


def main(arguments: list[str]) -> int:
    """Do what the command line asks."""
    said = extracted()
    is_check = "--check" in arguments
    begun = [one for one in arguments if not one.startswith("-")]
    status = 0
    for language in sorted({*(file.stem for file in CATALOGUES.glob("*.po")), *begun}):
        file, catalogue = CATALOGUES / f"{language}.po", up_to_date(language, said)
        if not is_check:
            file.write_bytes(written(catalogue))
        elif file.read_bytes() != written(catalogue):
            print(f"{file.name} is not what the code says; run make texts.", file=sys.stderr)
            status = 1
        for message in missing(catalogue):
            print(f"{file.name} has no words for: {message}", file=sys.stderr)
            status = 1 if is_check else status
    return status


def _found() -> Iterator[Any]:
    yield from _in(SOURCE, [("**.py", "python"), ("**/templates/**.html", "jinja2")], _SAID)
    for room in _ROOMS_OF_ERRORS:
        yield from _in(SOURCE / room, [("**.py", "python")], _ERRORS)
    yield from _in(SOURCE, [(file, "python") for file in _FILES_OF_ERRORS], _ERRORS)


def _in(folder: Path, methods: list[tuple[str, str]], keywords: dict[str, Any]) -> Iterator[Any]:
    options = {"**/templates/**.html": _TEMPLATES}
    for _, _, message, _, _ in extract_from_dir(folder, methods, options, keywords):
        yield message


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
