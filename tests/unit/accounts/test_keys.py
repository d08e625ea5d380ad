"""API keys: who may do what where."""

import pytest
from sqlalchemy import select
from tests.people import NOON_MS, Install, fresh_install

from footfall.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn
from footfall.metadata.tables import ApiKeyRow


def test_it_reaches_all_sites_of_its_owner_and_no_other(install: Install) -> None:
    key = install.keys.create(["stats:read"], owner_id=install.bob.id)

    caller = install.keys.check(key, "stats:read")

    assert caller.may_use(install.site.id)
    assert not caller.may_use(install.other_site.id)


def test_it_reaches_only_its_site(install: Install) -> None:
    key = install.keys.create(["events:write"], site_id=install.site.id)

    assert install.keys.check(key, "events:write").site_ids == {install.site.id}


@pytest.mark.parametrize("scope", ["events:write", "sites:write"])
def test_it_lets_no_viewer_change_a_site(install: Install, scope: str) -> None:
    bobs = install.keys.create(["admin"], owner_id=install.bob.id)
    alices = install.keys.create(["admin"], owner_id=install.alice.id)

    assert not install.keys.check(bobs, scope).may_use(install.site.id)
    assert install.keys.check(alices, scope).may_use(install.site.id)


def test_it_refuses_what_the_scopes_do_not_grant(install: Install) -> None:
    key = install.keys.create(["sites:write"], owner_id=install.alice.id)

    install.keys.check(key, "sites:read")
    with pytest.raises(NotAllowed, match="stats:read"):
        install.keys.check(key, "stats:read")


@pytest.mark.parametrize("text", ["", "ff_", "ff_unknown", "é"])
def test_it_does_not_know_other_keys(install: Install, text: str) -> None:
    with pytest.raises(NotSignedIn):
        install.keys.check(text, "stats:read")


def test_it_notes_its_use_to_the_minute(install: Install) -> None:
    key = install.keys.create(["stats:read"], site_id=install.site.id)

    for _ in range(3):
        install.keys.check(key, "stats:read")
        install.clock.move(seconds=25)
    assert install.keys.of_site(install.site.id)[0].last_used_ms == NOON_MS
    install.keys.check(key, "stats:read")

    assert install.keys.of_site(install.site.id)[0].last_used_ms == NOON_MS + 75_000


def test_it_stores_only_a_hash_and_a_hint(install: Install) -> None:
    key = install.keys.create(["stats:read"], owner_id=install.alice.id)

    with install.database.reading() as session:
        row = session.scalars(select(ApiKeyRow)).one()

    assert key.startswith("ff_")
    assert key not in (row.key_hash, row.hint)
    assert key.startswith(row.hint)
    assert [listed.hint for listed in install.keys.of_owner(install.alice.id)] == [row.hint]


def test_it_can_be_revoked_by_its_site_alone(install: Install) -> None:
    key = install.keys.create(["stats:read"], site_id=install.site.id)
    key_id = install.keys.of_site(install.site.id)[0].id

    with pytest.raises(NotFound):
        install.keys.revoke(key_id, install.other_site.id)
    install.keys.revoke(key_id, install.site.id)

    with pytest.raises(NotSignedIn):
        install.keys.check(key, "stats:read")


def test_it_ends_at_once_where_it_is_revoked_and_within_a_second_elsewhere(install: Install) -> None:
    text = install.keys.create(["stats:read"], site_id=install.site.id)
    with fresh_install(install.database.url) as elsewhere:
        for keys in (install.keys, elsewhere.keys):
            keys.check(text, "stats:read")

        install.keys.revoke(install.keys.of_site(install.site.id)[0].id, install.site.id)
        elsewhere.clock.move(seconds=1)

        for keys in (install.keys, elsewhere.keys):
            with pytest.raises(NotSignedIn):
                keys.check(text, "stats:read")


@pytest.mark.parametrize("scopes", [[], ["everything"]])
def test_it_refuses_unknown_scopes(install: Install, scopes: list[str]) -> None:
    with pytest.raises(InvalidInput):
        install.keys.create(scopes, site_id=install.site.id)


def test_it_belongs_to_one_holder(install: Install) -> None:
    with pytest.raises(InvalidInput):
        install.keys.create(["stats:read"])
    with pytest.raises(InvalidInput):
        install.keys.create(["stats:read"], owner_id=install.alice.id, site_id=install.site.id)


def test_it_dies_with_its_site(install: Install) -> None:
    key = install.keys.create(["stats:read"], site_id=install.site.id)

    install.sites.delete(install.site.id)

    with pytest.raises(NotSignedIn):
        install.keys.check(key, "stats:read")


def test_it_ends_when_it_was_told_to(install: Install) -> None:
    key = install.keys.create(["stats:read"], site_id=install.site.id, expires_days=30)
    assert install.keys.of_site(install.site.id)[0].expires_ms == NOON_MS + 30 * 86_400_000

    install.clock.move(days=29.9)
    install.keys.check(key, "stats:read")
    install.clock.move(days=0.1)

    with pytest.raises(NotSignedIn, match="expired"):
        install.keys.check(key, "stats:read")


@pytest.mark.parametrize("days", [0, -1, 4000])
def test_it_refuses_a_wrong_end(install: Install, days: int) -> None:
    with pytest.raises(InvalidInput):
        install.keys.create(["stats:read"], site_id=install.site.id, expires_days=days)
