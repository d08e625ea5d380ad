"""What a plan leaves no room for is refused, whichever way it comes, and the sentence names plan and team."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.people import Install

from footfall.accounts import AuditLog, Place
from footfall.errors import PlanLimit
from footfall.metadata import Database, sqlite_url
from footfall.plans import TeamPlans
from footfall.sites import Role


class Hosted(Install):
    """An install with plans: Alice's team has one site, Charlie is a stranger."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.plans = TeamPlans(self.database)
        self.alice = self.accounts.create_user("alice@example.com", "correct horse battery")
        self.charlie = self.accounts.create_user("charlie@example.com", "correct horse battery")
        self.site = self.sites.create("example.com", owner_id=self.alice.id)
        self.team = self.teams.of_user(self.alice.id)[0].team

    def give(self, key: str) -> None:
        self.plans.give(self.team.public_id, key)

    def invite(self, place: Place, email: str = "dora@example.com") -> str:
        return self.invitations.invite(place, email, Role.VIEWER, giver_id=self.alice.id, giver=Role.OWNER)


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    database = Database(sqlite_url(tmp_path), has_plans=True)
    database.migrate()
    yield Hosted(database)
    database.close()


def _moved(on: Hosted) -> None:
    other = on.sites.create("charlie.example", owner_id=on.charlie.id)
    on.sites.move(other.id, on.team.id)


# What is asked → part of the sentence of refusal on the plan Free; each is allowed on Business.
BEYOND_FREE: dict[str, tuple[Callable[[Hosted], object], str]] = {
    "a second site": (lambda on: on.sites.create("two.example", owner_id=on.alice.id), "room for one site"),
    "a site from another team": (_moved, "room for one site"),
    "an invitation to the team": (lambda on: on.invite(Place(team_id=on.team.id)), "its owner alone"),
    "an invitation to the site": (lambda on: on.invite(Place(site_id=on.site.id)), "its owner alone"),
    "a guest": (lambda on: on.sites.add_member(on.site.id, on.charlie.id, Role.VIEWER), "its owner alone"),
    "a key": (lambda on: on.keys.create(["stats:read"], site_id=on.site.id), "no API"),
    "a host": (lambda on: on.sites.update(on.site.id, custom_domain="s.example.com"), "no domains of one's own"),
}


@pytest.mark.parametrize("wish", BEYOND_FREE)
def test_it_refuses_what_free_has_no_room_for(hosted: Hosted, wish: str) -> None:
    ask, sentence = BEYOND_FREE[wish]

    with pytest.raises(PlanLimit, match=sentence) as caught:
        ask(hosted)

    assert caught.value.message.startswith("The plan Free of alice")
    assert (caught.value.status, caught.value.code) == (402, "plan_limit")


@pytest.mark.parametrize("wish", BEYOND_FREE)
def test_it_has_room_for_it_on_business(hosted: Hosted, wish: str) -> None:
    hosted.give("business")

    BEYOND_FREE[wish][0](hosted)


@pytest.mark.parametrize("wish", BEYOND_FREE)
def test_it_asks_nothing_of_an_install_without_plans(tmp_path: Path, wish: str) -> None:
    database = Database(sqlite_url(tmp_path))
    database.migrate()

    BEYOND_FREE[wish][0](Hosted(database))

    database.close()


def test_it_counts_the_sites_of_pro(hosted: Hosted) -> None:
    hosted.give("pro")
    for number in range(2, 11):
        hosted.sites.create(f"{number}.example", owner_id=hosted.alice.id)

    with pytest.raises(PlanLimit, match="room for 10 sites"):
        hosted.sites.create("11.example", owner_id=hosted.alice.id)

    hosted.sites.delete(hosted.site.id)
    hosted.sites.create("11.example", owner_id=hosted.alice.id)


def test_it_gives_one_person_one_free_team(hosted: Hosted) -> None:
    with pytest.raises(PlanLimit, match="You own a team with the plan Free already"):
        hosted.teams.create("More", hosted.alice.id)

    hosted.give("pro")
    hosted.teams.create("More", hosted.alice.id)


def test_it_takes_nothing_away_with_a_smaller_plan_but_the_api(hosted: Hosted) -> None:
    hosted.give("business")
    hosted.sites.create("two.example", owner_id=hosted.alice.id)
    hosted.sites.update(hosted.site.id, custom_domain="s.example.com")
    of_site = hosted.keys.create(["stats:read"], site_id=hosted.site.id)
    of_alice = hosted.keys.create(["stats:read"], owner_id=hosted.alice.id)
    assert hosted.keys.check(of_site, "stats:read").site_ids == {hosted.site.id}

    hosted.give("free")

    assert len(hosted.sites.of_team(hosted.team.id)) == 2
    assert hosted.sites.update(hosted.site.id, timezone="Europe/Tallinn").custom_domain == "s.example.com"
    for key in (of_site, of_alice):
        with pytest.raises(PlanLimit, match="no API"):
            hosted.keys.check(key, "stats:read")


def test_it_lets_a_key_reach_the_sites_whose_plan_has_the_api(hosted: Hosted) -> None:
    other = hosted.sites.create("charlie.example", owner_id=hosted.charlie.id)
    hosted.give("business")
    hosted.sites.add_member(hosted.site.id, hosted.charlie.id, Role.VIEWER)

    key = hosted.keys.create(["stats:read"], owner_id=hosted.charlie.id)

    assert hosted.keys.check(key, "stats:read").site_ids == {hosted.site.id} != {hosted.site.id, other.id}


def test_it_refuses_who_accepts_when_the_room_is_gone(hosted: Hosted) -> None:
    hosted.give("business")
    token = hosted.invite(Place(team_id=hosted.team.id), "charlie@example.com")
    hosted.give("pro")

    with pytest.raises(PlanLimit):
        hosted.invitations.accept(token, hosted.charlie.id)

    assert hosted.invitations.find(token).email == "charlie@example.com"


def test_it_writes_the_change_of_a_plan_to_the_audit_log(hosted: Hosted) -> None:
    hosted.give("business")

    last = list(AuditLog(hosted.database, hosted.clock).entries())[-1]
    assert (last.action, last.subject_id, last.detail) == ("team changed", hosted.team.id, {"plan": [None, "business"]})
