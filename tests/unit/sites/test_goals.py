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
