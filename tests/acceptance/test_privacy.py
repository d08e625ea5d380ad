"""/privacy/{public_id}: what a site's visitors read without signing in."""

from typing import Any

import pytest
from tests.acceptance.running import Running

from footfall.domain import IdentityMode, TrackerOptions

pytestmark = pytest.mark.shares_install

COOKIELESS = "nothing is kept on your device"
CONSENTED = "your browser keeps a random id"
IDENTIFIED = "what the site calls you"


def read(running: Running, host: str = "testserver", **options: Any) -> str:
    site = running.install.sites.update(running.site.id, **options)
    answer = running.http.get(f"/privacy/{site.public_id}", headers={"Host": host})
    assert answer.status_code == 200
    return " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (IdentityMode.COOKIELESS, [COOKIELESS]),
        (IdentityMode.CONSENTED, [COOKIELESS, CONSENTED]),
        (IdentityMode.IDENTIFIED, [COOKIELESS, CONSENTED, IDENTIFIED]),
    ],
)
def test_it_says_who_is_recognised(running: Running, mode: IdentityMode, said: list[str]) -> None:
    page = read(running, identity_mode=mode)

    assert [text for text in (COOKIELESS, CONSENTED, IDENTIFIED) if text in page] == said


def test_it_says_what_is_counted_and_for_how_long(running: Running) -> None:
    with_forms = read(running, tracker=TrackerOptions(form_submissions=True), retention_days=400)
    without = read(running, tracker=TrackerOptions(respect_dnt=False), retention_days=0)

    assert "that a form was sent, never what was entered" in with_forms
    assert "400 days" in with_forms
    assert "or Do Not Track" in with_forms
    assert "a form was sent" not in without
    assert "Until the owner of the site deletes it" in without
    assert "Do Not Track" not in without


@pytest.mark.parametrize(("host", "has_switch"), [("alice.example", True), ("www.alice.example", True), ("x", False)])
def test_it_has_the_switch_where_the_choice_can_be_kept(running: Running, host: str, has_switch: bool) -> None:
    page = read(running, host)

    assert ("js/opt-out.js" in page) is has_switch
    assert running.http.get("/js/opt-out.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("path", "browser", "language"),
    [
        ("", "de-DE,de;q=0.9,en;q=0.5", "de-DE"),
        ("?lang=de", "en-GB", "de"),
        ("?lang=xx", "en-GB", "en-GB"),
        ("", "", "en-GB"),
    ],
)
def test_it_draws_the_switch_in_the_language_of_its_reader(
    running: Running, path: str, browser: str, language: str
) -> None:
    script = running.http.get(f"/js/opt-out.js{path}", headers={"accept-language": browser})

    assert ("Meine Besuche" in script.text, "Do not count" in script.text) == (
        language[:2] == "de",
        language[:2] == "en",
    )
    assert script.headers["content-language"] == language
    assert "accept-language" in script.headers["vary"]


def test_it_is_not_there_for_unknown_sites(running: Running) -> None:
    assert running.http.get("/privacy/unknown").status_code == 404
