from typing import Any

import pytest

from footfall.enrich.source import Category, source_names
from footfall.query import FOLDED
from footfall.web.labels import Label, label
from footfall.web.rendering import page_templates


def test_it_names_countries_and_shows_their_flags() -> None:
    assert label("country", "EE") == Label("Estonia", "🇪🇪")
    assert label("country", "GB").text == "United Kingdom"


def test_it_leaves_unknown_codes_as_they_are() -> None:
    assert label("country", "QQ").text == "QQ"
    assert label("country", "<b>") == Label("<b>", "")


def test_it_names_regions_and_shows_the_flags_of_their_countries() -> None:
    assert label("region", "EE-37") == Label("Harju", "🇪🇪")
    assert label("region", "XX-1") == Label("XX-1", "🇽🇽")


def test_it_gives_folded_rows_no_drawing_of_another_value() -> None:
    assert label("source", FOLDED) == Label("Other, fewer than 5 each")


def test_it_says_blank_values_in_words() -> None:
    assert label("source", "Direct / None").text == "Direct"
    assert label("city", "(not set)").text == "Unknown"


def test_it_draws_what_kind_of_source_it_is() -> None:
    assert label("source", "DuckDuckGo").icon == "of-search"
    assert label("source", "Gmail").icon == "of-email"
    assert label("source", "shop.example.org").letter == "S"


def test_it_sets_letters_apart_by_what_is_named() -> None:
    assert (label("browser", "Firefox").letter, label("browser", "Firefox").frame) == ("F", "window")
    assert label("os", "Linux").frame == "key"


@pytest.mark.parametrize("kind", Category)
def test_it_has_a_drawing_of_every_kind_of_source(kind: Category) -> None:
    icons: Any = page_templates().env.get_template("parts/icons.html").module
    name = source_names(kind)[0]

    assert "<path" in str(icons.icon(label("source", name).icon))
