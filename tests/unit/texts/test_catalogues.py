"""Everything that is said on screen is in the catalogues, in every language."""

import ast
import runpy
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from jinja2 import Environment
from tests.unit.texts.marked import unmarked

from footfall.texts import languages, words_of
from footfall.texts.catalogue import catalogue_of
from footfall.web.rendering import page_templates
from footfall.web.script_texts import SCRIPT_TEXTS

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "footfall"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
# Names, examples to type as they stand, and the keys of keyboards.
SAME_EVERYWHERE = frozenset({"CSV", "Esc", "Signup", "/thanks", "plan", "https://example.com", "example.com"})
# The message of an error is a phrase where pages show it: a sentence with values in it must be made as one.
ROOMS_OF_ERRORS = ("accounts", "mail", "openid", "plans", "sites", "web")
# Only programs and the command line come across these.
FOR_PROGRAMS = frozenset(
    {"accounts/keys.py", "mail/post.py", "sites/registry.py", "sites/options.py", "web/pages/export.py"}
)
# What these make an error of goes to the log or the command line; whoever is on the page reads another sentence.
LOGGED = frozenset({"_unavailable", "refused", "SettingsError"})


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "texts.py"))


@pytest.fixture(scope="module")
def environment() -> Environment:
    return page_templates().env


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_it_finds_no_unmarked_words_in_a_template(environment: Environment, template: Path) -> None:
    assert unmarked(environment, template.read_text(encoding="utf-8"), SAME_EVERYWHERE) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Save</p>",
        '<img alt="A map">',
        '<a title="Remove {{ name }}">x</a>',
        '{{ "Save this" if is_new else name }}',
        '<p>{{ count }} visitor{{ "s" if many }}</p>',
        "{% if is_new %}<b>new</b>{% endif %}",
    ],
)
def test_it_would_find_them(environment: Environment, template: str) -> None:
    assert unmarked(environment, template, SAME_EVERYWHERE)


def test_it_has_every_message_in_every_language(tool: dict[str, Any]) -> None:
    said = tool["extracted"]()
    for language in languages()[1:]:
        catalogue = tool["up_to_date"](language, said)
        file = tool["CATALOGUES"] / f"{language}.po"

        assert tool["missing"](catalogue) == []
        assert file.read_bytes() == tool["written"](catalogue), "run make texts"


@pytest.mark.parametrize("language", languages()[1:])
def test_it_keeps_the_values_of_messages(language: str) -> None:
    for english, said in catalogue_of(language).sentences.items():
        for form in (said,) if isinstance(said, str) else said:
            assert _values(form) - {"count"} == _values(english) - {"count"}, english


def _values(message: str) -> set[str]:
    """The names between braces or in `%(name)s`; a message has either."""
    named = {part.split(")")[0] for part in message.split("%(")[1:]}
    return named or {name for _, name, _, _ in Formatter().parse(message) if name}


def test_it_makes_phrases_of_errors_with_values() -> None:
    assert list(_errors_with_values()) == []


def _errors_with_values() -> Iterator[str]:
    for room in ROOMS_OF_ERRORS:
        for file in sorted((SOURCE / room).rglob("*.py")):
            name = str(file.relative_to(SOURCE))
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)) or name in FOR_PROGRAMS:
                    continue
                if isinstance(node.exc.func, ast.Name) and node.exc.func.id in LOGGED:
                    continue
                yield from (f"{name}:{node.lineno}" for one in node.exc.args if isinstance(one, ast.JoinedStr))


def test_it_carries_every_text_of_scripts() -> None:
    """A script names texts by key, `said("copied")`; what it asks for must be on the page."""
    scripts = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "web" / "assets" / "ts").glob("*.ts"))

    asked = {part.split('"')[0] for part in scripts.split('said("')[1:]}

    assert asked <= SCRIPT_TEXTS.keys()
    assert {key for key in SCRIPT_TEXTS if f'"{key}"' not in scripts} <= {
        *(key for key in SCRIPT_TEXTS if key.startswith("device_")),
    }


def test_it_says_how_many_in_every_form() -> None:
    german = words_of("de")

    assert german.many("%(count)s row", "%(count)s rows", 1) == "%(count)s Zeile"
    assert german.many("%(count)s row", "%(count)s rows", 0) == "%(count)s Zeilen"
