"""Headers of every answer, held to the rules by which the Mozilla Observatory gives an A+; redirects and hosts."""

import re
from collections.abc import Mapping

import pytest
from sqlalchemy import select
from tests.acceptance.doors.requests import DAY, Asked
from tests.acceptance.doors.test_access import CALLERS
from tests.acceptance.doors.world import Answer, World, is_safe

from footfall.metadata import network_of
from footfall.metadata.tables import AuditRow

_UNSAFE = ("unsafe-inline", "unsafe-eval", "data:", "http:", "https:", "*")
_SCRIPTS = ("default-src", "script-src", "object-src", "base-uri")
# Snippets and previews for social networks; where FOOTFALL_BASE_URL is set, it stands there instead.
_TELL_THEIR_ADDRESS = (
    "GET /sites/{domain}/install",
    "GET /sites/{domain}/settings/{section}",
    "GET /api/v1/sites/{public_id}/shared-links",
    "GET /share/{domain}",  # and what lies below
    "GET /{domain}",
)
EVIL = "evil.example"


def pages(world: World) -> list[str]:
    """What is read, but for sockets and streams."""
    return [one for one in world.operations if one.startswith("GET ") and not one.endswith(("/live", "/live/events"))]


def policy(header: str) -> dict[str, list[str]]:
    rules = (rule.split() for rule in header.split(";") if rule.strip())
    return {name: sources for name, *sources in rules}


@pytest.fixture(scope="module")
def answers(world: World) -> dict[tuple[str, str], Answer]:
    """What is read over TLS, by operation and caller: asked once, looked at by each of these tests."""
    given = dict[tuple[str, str], Answer]()
    for caller in ("stranger", "viewer", "owner"):
        headers = CALLERS[caller](world, world.site) | {"x-forwarded-proto": "https"}
        headers["cookie"] = headers.get("cookie", "").replace("footfall=", "__Host-footfall=")
        given |= {(operation, caller): world.ask(operation, headers, world.site) for operation in pages(world)}
    return given


Answers = Mapping[tuple[str, str], Answer]


def test_it_protects_every_answer(answers: Answers) -> None:
    wrong = [f"{asked}: {what}" for asked, answer in answers.items() for what in _missing(answer.headers)]

    assert wrong == []


def test_it_changes_nothing_by_asking(world: World, answers: Answers) -> None:
    """What the world makes to ask about has no actor; what is taken away as a file is told without being a change."""
    assert answers
    inside = (AuditRow.actor_kind != "", AuditRow.network == network_of("203.0.113.9"))

    with world.install.database.reading() as session:
        actions = set(session.scalars(select(AuditRow.action).where(*inside)))

    assert {action for action in actions if not action.endswith(" exported")} == set()


def test_it_lets_other_origins_read_nothing_of_a_session(answers: Answers) -> None:
    open_to_all = {asked for asked, answer in answers.items() if "access-control-allow-origin" in answer.headers}

    assert {answers[one].headers["access-control-allow-origin"] for one in open_to_all} == {"*"}
    assert not any("access-control-allow-credentials" in answer.headers for answer in answers.values())
    wrong = [one for one in open_to_all if answers[one].body != answers[one[0], "stranger"].body]
    assert wrong == [], "these tell members more than strangers"


def test_it_tells_the_encoding_of_text(answers: Answers) -> None:
    pages_of_text = [
        (asked, answer.headers.get("content-type", ""))
        for asked, answer in answers.items()
        if answer.body and answer.headers.get("content-type", "text/").startswith("text/")
    ]

    assert len(pages_of_text) > 100
    assert [asked for asked, kind in pages_of_text if "charset=utf-8" not in kind.lower()] == []


def test_it_lets_nobody_keep_what_is_private(answers: Answers) -> None:
    kept = {
        asked
        for asked, answer in answers.items()
        if asked[1] != "stranger" and answer.status == 200 and "no-store" not in answer.headers.get("cache-control", "")
    }

    assert [asked for asked in kept if answers[asked].body != answers[asked[0], "stranger"].body] == []


def test_it_asks_for_passwords_in_fields_that_managers_know(world: World, answers: Answers) -> None:
    texts = {answer.body.decode() for answer in answers.values() if b"password" in answer.body and _is_page(answer)}
    fields = [field for text in texts for field in re.findall(r"<input[^>]+name=\"[a-z_]*password\"[^>]*>", text)]

    assert len(fields) >= 4
    assert [field for field in fields if 'type="password"' not in field] == []
    assert [field for field in fields if not re.search('autocomplete="(current|new)-password"', field)] == []
    assert not any("onpaste" in text for text in texts)


def _is_page(answer: Answer) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


@pytest.mark.parametrize(
    "path", ["../footfall.db", "%2e%2e/footfall.db", "..%2f..%2f..%2fetc/passwd", "", "/etc/passwd", "app.css/../../x"]
)
def test_it_serves_no_file_outside_its_own(world: World, path: str) -> None:
    answer = world.runner.run(world.send("GET", f"/static/{path}", "", world.headers_of(), b""))
    traced = world.runner.run(world.send("TRACE", "/", "", world.headers_of(), b""))

    assert (answer.status, traced.status) == (404, 405)
    assert world.ask("GET /.git/config", world.headers_of()).status == 404


def _missing(headers: dict[str, str]) -> list[str]:
    kind = headers.get("content-type", "")
    found = [] if headers.get("x-content-type-options") == "nosniff" else ["nosniff"]
    if "access-control-allow-origin" in headers:
        return found  # intake and public counts: read by every site, with no cookie
    if int(headers.get("strict-transport-security", "max-age=0").removeprefix("max-age=")) < 15_768_000:
        found.append("six months of TLS")
    if kind.startswith(("image/", "text/css")):
        return found
    rules = policy(headers.get("content-security-policy", ""))
    if rules.get("default-src") != ["'none'"]:
        found.append("a policy that begins with nothing")
    found += [f"{name} {source}" for name in _SCRIPTS for source in rules.get(name, []) if source in _UNSAFE]
    found += [f"style-src {source}" for source in rules.get("style-src", []) if source in _UNSAFE]
    if "*" not in rules.get("frame-ancestors", []) and rules.get("frame-ancestors") != ["'none'"]:
        found.append("no frames")
    if headers.get("referrer-policy") not in ("no-referrer", "same-origin"):
        found.append("a referrer policy")
    if kind.startswith("text/html") and headers.get("cross-origin-resource-policy") != "same-origin":
        found.append("own resources")
    return found


def test_it_protects_files_and_errors(world: World) -> None:
    missing = world.ask("GET /nothing-here", world.headers_of())
    style = world.ask("GET /static/app.css", world.headers_of())
    refused = world.ask("GET /api/nothing-here", world.headers_of())

    assert policy(missing.headers["content-security-policy"])["default-src"] == ["'none'"]
    assert policy(refused.headers["content-security-policy"])["default-src"] == ["'none'"]
    assert style.headers["x-content-type-options"] == "nosniff"


def test_it_says_nothing_of_tls_without_tls(world: World) -> None:
    assert "strict-transport-security" not in world.ask("GET /sign-in", world.headers_of()).headers


@pytest.mark.parametrize(
    "target", [f"//{EVIL}", f"https://{EVIL}", f"/\\{EVIL}", "/x\r\nset-cookie: a=b", "/\t/evil.example"]
)
def test_it_redirects_to_its_own_pages_only(world: World, target: str) -> None:
    form = {"email": "alice@example.com", "password": "correct horse battery", "next": target}

    signed_in = world.ask("POST /sign-in", world.headers_of(), asked=Asked(form=form))
    already = world.ask("GET /sign-in", CALLERS["owner"](world, world.site), asked=Asked({"next": target}))

    assert (signed_in.headers["location"], already.headers["location"]) == ("/", "/")


def test_it_takes_no_word_for_where_it_is(world: World) -> None:
    """Whatever the Host header says, no redirect leads there and no page but the snippet's repeats it."""
    poisoned = {"host": EVIL, "x-forwarded-host": EVIL, "forwarded": f"host={EVIL}"}

    for operation in pages(world):
        answer = world.ask(operation, CALLERS["owner"](world, world.site) | poisoned, world.site)
        assert EVIL not in answer.headers.get("location", ""), operation
        assert EVIL.encode() not in answer.body or operation.startswith(_TELL_THEIR_ADDRESS)


def test_it_puts_nothing_of_a_request_into_headers(world: World) -> None:
    attack = Asked(dict.fromkeys(("next", "period", "from", "filter", "site", "path"), "x\r\nset-cookie: planted=1"))

    for operation in pages(world):
        answer = world.ask(operation, CALLERS["owner"](world, world.site), world.site, attack)
        assert "planted" not in answer.headers.get("set-cookie", ""), operation
        assert not any("\r" in value or "\n" in value for value in answer.headers.values()), operation


@pytest.mark.parametrize(
    "sent", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": f"https://{EVIL}"}]
)
def test_it_takes_no_form_of_another_site(world: World, sent: dict[str, str]) -> None:
    for operation in forms(world):
        assert world.ask(operation, CALLERS["owner"](world, world.site) | sent).status == 403, operation


def test_it_takes_no_form_without_the_token_of_its_session(world: World) -> None:
    others = CALLERS["viewer"](world, world.site)["x-form-token"]
    for operation in forms(world):
        if operation.startswith(("POST /sign-in", "POST /setup")):
            continue  # nobody is signed in yet: there is no session to misuse, and the check of the origin holds
        for token in ("", others):
            headers = CALLERS["owner"](world, world.site) | {"x-form-token": token}
            assert world.ask(operation, headers).status == 403, operation


def forms(world: World) -> list[str]:
    """What pages send: every change that is no route for programs."""
    return [one for one in world.operations if not is_safe(one) and one.split()[1].startswith(("/si", "/setup"))]


def test_it_gives_each_sign_in_a_session_of_its_own(world: World) -> None:
    planted = world.ask("POST /sign-in", world.headers_of() | {"cookie": "footfall=planted"})
    token = planted.headers["set-cookie"].partition(";")[0].removeprefix("footfall=")
    again = world.ask("POST /sign-in", world.headers_of() | {"cookie": f"footfall={token}"})

    assert token not in ("planted", "")
    assert token not in again.headers["set-cookie"]
    assert world.install.people.accounts.user_of_session("planted") is None
    assert world.install.people.accounts.user_of_session(token) is None  # a browser has one session at most


def test_it_sets_no_field_that_a_form_does_not_have(world: World) -> None:
    site = world.new_site()
    extra = {
        "id": "1",
        "public_id": "aaaaaaaaaaaa",
        "owner_id": str(world.charlie.id),
        "role": "owner",
        "created_ms": "0",
    }
    form = {"new_domain": site.domain, "timezone": "Etc/UTC", "currency": "EUR", "week_start": "monday"} | extra

    page = world.ask("POST /sites/{domain}/settings/general", CALLERS["owner"](world, site), site, Asked(form=form))
    api = world.ask(
        "PUT /api/v1/sites/{domain}", CALLERS["owner"](world, site), site, Asked(json={"timezone": "Etc/UTC"} | extra)
    )

    assert (page.status, api.status) == (303, 200)
    kept = world.install.sites.by_id(site.id)
    assert kept is not None
    assert (kept.public_id, kept.created_ms) == (site.public_id, site.created_ms)
    assert not world.install.sites.may_read(world.charlie.id, site.id)


def test_it_keeps_things_of_other_sites_out_of_reach(world: World) -> None:
    """Charlie names his own site and the numbers of Alice's things, as does Alice with another site of hers."""
    site, other = world.new_site(), world.new_site()
    operations = [
        one for one in world.operations if "_id}" in one.replace("{public_id}", "").replace("{website_id}", "")
    ]
    assert len(operations) > 5

    for operation in operations:
        if "{import_id}" in operation or "{user_id}" in operation or "/account/" in operation:  # no things of a site
            continue
        method, path = operation.split()
        for name, number in world.values(site, path).items():
            path = (
                path.replace(f"{{{name}}}", number)
                if name.endswith("_id") and name not in ("public_id", "website_id")
                else path
            )
        query = Asked(
            {"site_id": other.domain}, json={"text": "x", "site_id": other.domain} if method != "GET" else None
        )
        asked = (
            Asked(query.query, form={"text": "x", "first": DAY, "name": "x", "kind": "event", "event": "x"})
            if path.startswith("/sites")
            else query
        )
        answer = world.ask(f"{method} {path}", CALLERS["owner"](world, other), other, asked)
        is_nothing = answer.body == b"[]" if "{session_id}" in operation else answer.status == 404
        assert is_nothing, operation


def test_it_draws_public_ids_at_random(world: World) -> None:
    ids = {world.new_site().public_id for _ in range(50)}

    assert len(ids) == 50
    assert all(len(one) == 12 and one.isalnum() for one in ids)
    assert len({one[0] for one in ids}) > 10
