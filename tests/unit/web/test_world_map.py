import pytest

from footfall.web.world_map import SHADES, world_map


def test_it_tells_apart_where_many_few_and_none_came_from() -> None:
    drawn = world_map({"DE": 1000, "FR": 100, "EE": 1})
    shades = {one.country: one.shade for one in drawn.countries}

    assert shades == {"DE": SHADES, "FR": 2, "EE": 1}
    assert len(drawn.land) > 1000


def test_it_names_countries_too_small_to_be_drawn() -> None:
    assert world_map({"MT": 3, "DE": 1}).unplaced == ("MT",)


def test_it_draws_each_country_where_it_is_asked_to() -> None:
    drawn = world_map({"DE": 1}, each=True)

    assert drawn.land == ""
    assert len(drawn.countries) > 150


@pytest.mark.parametrize("country", ["EE", "US", "RU", "FJ", "NZ"])
def test_it_looks_at_one_country_without_leaving_the_map(country: str) -> None:
    x, y, width, height = map(int, world_map({}, focus=country).view_box.split())

    assert x >= 0
    assert y >= 0
    assert x + width <= 10_001
    assert y + height <= 4_301


def test_it_looks_at_the_world_where_the_country_is_unknown() -> None:
    assert world_map({}, focus="XX").view_box == "0 0 1000 430"


def test_it_draws_neighbours_of_the_country_and_nobody_far_away() -> None:
    drawn = world_map({"EE": 5}, focus="EE")

    assert [one.country for one in drawn.countries] == ["EE"]
    assert 1_000 < len(drawn.land) < 60_000
