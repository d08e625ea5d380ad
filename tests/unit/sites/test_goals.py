"""Goals of a site."""

import pytest
from tests.people import Install

from footfall.errors import InvalidInput, NotFound
from footfall.sites import GoalKind


def test_it_finds_or_makes_a_goal(install: Install) -> None:
    first = install.goals.add(install.site.id, GoalKind.EVENT, "Signup")
    second = install.goals.add(install.site.id, GoalKind.PAGE, "/thanks*")

    assert install.goals.add(install.site.id, GoalKind.EVENT, " Signup ") == first
    assert install.goals.of_site(install.site.id) == [first, second]
    assert (first.display_name, second.display_name) == ("Signup", "Visit /thanks*")
    assert install.goals.of_site(install.other_site.id) == []


@pytest.mark.parametrize(
    ("kind", "pattern", "field"),
    [
        (GoalKind.EVENT, " ", "event_name"),
        (GoalKind.EVENT, "x" * 121, "event_name"),
        (GoalKind.PAGE, "thanks", "page_path"),
        (GoalKind.PAGE, "/" + "x" * 500, "page_path"),
    ],
)
def test_it_names_what_is_wrong(install: Install, kind: GoalKind, pattern: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        install.goals.add(install.site.id, kind, pattern)

    assert caught.value.field == field


def test_it_is_deleted_by_its_own_site_only(install: Install) -> None:
    goal = install.goals.add(install.site.id, GoalKind.EVENT, "Signup")

    with pytest.raises(NotFound):
        install.goals.delete(install.other_site.id, goal.id)
    install.goals.delete(install.site.id, goal.id)

    assert install.goals.of_site(install.site.id) == []


def test_it_needs_a_site(install: Install) -> None:
    with pytest.raises(NotFound):
        install.goals.add(999, GoalKind.EVENT, "Signup")


def test_it_tells_goals_apart_by_scroll_depth_and_properties(install: Install) -> None:
    half, whole = (install.goals.add(install.site.id, GoalKind.SCROLL, "/blog/**", "", depth) for depth in (50, 100))
    pro = install.goals.add(install.site.id, GoalKind.EVENT, "Signup", properties={"plan": "pro", "a": "b"})
    again = install.goals.add(install.site.id, GoalKind.EVENT, "Signup", properties={"a": "b", "plan": "pro"})

    assert (half.scroll_percent, whole.scroll_percent) == (50, 100)
    assert half.display_name == "Scroll to 50% of /blog/**"
    assert again == pro
    assert pro.properties == (("a", "b"), ("plan", "pro"))
    assert pro.display_name == "Signup (a: b, plan: pro)"
    assert install.goals.add(install.site.id, GoalKind.EVENT, "Signup") != pro


@pytest.mark.parametrize(
    ("kind", "pattern", "scroll_percent", "properties", "field"),
    [
        (GoalKind.SCROLL, "/a", 0, {}, "scroll_threshold"),
        (GoalKind.SCROLL, "/a", 101, {}, "scroll_threshold"),
        (GoalKind.PAGE, "/a", 0, {"plan": "pro"}, "custom_props"),
        (GoalKind.EVENT, "Signup", 0, {"plan": 1}, "custom_props"),
        (GoalKind.EVENT, "Signup", 0, dict.fromkeys("abcd", "x"), "custom_props"),
        (GoalKind.EVENT, "Signup", 0, {"a": "x" * 1_000}, "custom_props"),
        (GoalKind.EVENT, "engagement", 0, {}, "event_name"),
    ],
)
def test_it_names_what_is_wrong_with_conditions(
    install: Install, kind: GoalKind, pattern: str, scroll_percent: int, properties: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        install.goals.add(install.site.id, kind, pattern, "", scroll_percent, properties)

    assert caught.value.field == field
