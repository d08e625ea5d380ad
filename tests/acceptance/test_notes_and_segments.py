"""Forms of the dashboard that change something: who may save segments and write notes, and for whom."""

import re
from datetime import date

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running

from footfall.sites import Role

PASSWORD = "correct horse battery"
FILTERED = "country=EE&page~=/blog/"


@pytest.fixture
def browser(running: Running) -> httpx.Client:
    """Bob's, who reads Alice's site and does not own it."""
    bob = running.install.people.accounts.create_user("bob@bob.example", PASSWORD)
    running.install.sites.add_member(running.site.id, bob.id, Role.VIEWER)
    sign_in(running.http, "bob@bob.example")
    return running.http


def sign_in(client: httpx.Client, email: str) -> None:
    assert client.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 303


def send(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    page = client.get(re.sub(r"/\d.*", "", path.partition("?")[0]) + "?" + FILTERED)
    found = re.search(r'name="form_token" value="(\w+)"', page.text)
    assert found is not None, page.text
    return client.post(path, data={"form_token": found[1], **fields})


def test_it_saves_the_filters_of_a_view(running: Running, browser: httpx.Client) -> None:
    answer = send(browser, f"/sites/alice.example/segments?{FILTERED}", name="Estonian readers")

    (saved,) = running.install.belongings.segments.seen_by(running.site.id, _bob(running))
    assert answer.headers["location"] == f"/sites/alice.example?segment={saved.id}"
    assert saved.filters == [["is", "visit:country", ["EE"]], ["contains", "event:page", ["/blog/"]]]
    assert "Estonian readers" in browser.get(answer.headers["location"]).text


def test_it_lets_no_viewer_speak_for_all(running: Running, browser: httpx.Client) -> None:
    segment = send(browser, f"/sites/alice.example/segments?{FILTERED}", name="Ours", is_for_all="true")
    note = send(browser, "/sites/alice.example/annotations", text="Ours", first="2026-03-01", is_for_all="true")

    assert (segment.status_code, note.status_code) == (403, 403)
    assert running.install.belongings.segments.seen_by(running.site.id, _bob(running)) == []
    assert running.install.belongings.annotations.of_site(running.site, _bob(running)) == []


def test_it_lets_editors_speak_for_all(running: Running, browser: httpx.Client) -> None:
    running.install.sites.add_member(running.site.id, _bob(running), Role.EDITOR)

    send(browser, f"/sites/alice.example/segments?{FILTERED}", name="Ours", is_for_all="true")
    send(browser, "/sites/alice.example/annotations", text="Ours", first="2026-03-01", is_for_all="true")

    assert len(running.install.belongings.segments.seen_by(running.site.id, None)) == 1
    assert len(running.install.belongings.annotations.of_site(running.site, None)) == 1


def test_it_leaves_what_is_everybodys_to_editors(running: Running, browser: httpx.Client) -> None:
    everybodys = running.install.belongings.segments.add(
        running.site.id, None, "All", [["is", "visit:country", ["EE"]]]
    )
    path = f"/sites/alice.example/segments/{everybodys.id}"

    answers = [send(browser, f"{path}/name", name="Mine now"), send(browser, f"{path}/delete")]

    assert [one.status_code for one in answers] == [403, 403]
    assert running.install.belongings.segments.seen_by(running.site.id, None) == [everybodys]


def test_it_writes_changes_and_deletes_a_note(running: Running, browser: httpx.Client) -> None:
    send(browser, "/sites/alice.example/annotations", text="New <page>", first="2026-03-01")
    (note,) = running.install.belongings.annotations.of_site(running.site, _bob(running))
    path = f"/sites/alice.example/annotations/{note.id}"

    chart = browser.get("/sites/alice.example?period=custom&from=2026-02-27&to=2026-03-05").text
    assert 'data-notes="New &lt;page&gt;"' in chart

    assert send(browser, path, text="Newer page", first="2026-03-02", last="2026-03-04").status_code == 303
    assert "2–4 Mar 2026" in browser.get("/sites/alice.example/annotations").text
    send(browser, f"{path}/delete")
    assert running.install.belongings.annotations.of_site(running.site, _bob(running)) == []


def test_it_says_what_is_missing(browser: httpx.Client) -> None:
    answer = send(browser, "/sites/alice.example/annotations", text="When?", first="")

    assert answer.status_code == 400
    assert "Choose the day this is about." in answer.text


@pytest.mark.parametrize("path", ["", "/filter", "/segments", "/annotations", "/realtime", "/panels/pages/all.csv"])
def test_it_hides_the_site_from_strangers(running: Running, path: str) -> None:
    running.install.people.accounts.create_user("charlie@charlie.example", PASSWORD)
    sign_in(running.http, "charlie@charlie.example")

    assert running.http.get(f"/sites/alice.example{path}").status_code == 404


def _bob(running: Running) -> int:
    user = running.install.people.accounts.by_email("bob@bob.example")
    assert user is not None
    return user.id


def test_it_leads_back_to_the_chart_a_note_was_changed_over(running: Running, browser: httpx.Client) -> None:
    note = running.install.belongings.annotations.add(running.site, _bob(running), "Mine", date(2026, 3, 1))
    path = f"/sites/alice.example/annotations/{note.id}"

    changed = send(browser, f"{path}?{FILTERED}", text="Ours", first="2026-03-02", then="dashboard")
    deleted = send(browser, f"{path}/delete?{FILTERED}", then="https://elsewhere.example")

    assert changed.headers["location"] == f"/sites/alice.example?{FILTERED}"
    assert deleted.headers["location"] == f"/sites/alice.example/annotations?{FILTERED}"
