"""Signing in with an account at an OpenID Connect provider: a process of its own, with real tokens and wrong ones."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.acceptance.at_provider import DORA, come_back, is_signed_in, leave, message, path_of, url_led_to
from tests.acceptance.mailbox import BASE_URL
from tests.acceptance.pages_app import PagesApp
from tests.oidc_provider import CLIENT_SECRET, OidcProvider
from tests.people import Install

from footfall.accounts import HashingThreads, Place
from footfall.errors import NotAllowed
from footfall.metadata.clock import system_clock
from footfall.openid import Fetching, OpenIdClient, provider_of
from footfall.settings import ProviderSettings, Settings
from footfall.sites import Role


def test_it_offers_each_provider_and_asks_as_the_standard_says(inviting: PagesApp, provider: OidcProvider) -> None:
    browser = inviting.browser()
    page = browser.get("/sign-in?next=/teams").text
    assert "Sign in with Acme" in page
    assert "Sign in with Other" in page

    left = leave(browser, "/sign-in/with/acme?next=/teams")

    to = urlsplit(url_led_to(left))
    asked = {name: values[0] for name, values in parse_qs(to.query).items()}
    assert f"{to.scheme}://{to.netloc}{to.path}" == f"{provider.issuer('acme')}/authorize"
    assert asked["redirect_uri"] == f"{BASE_URL}/sign-in/with/acme/callback"
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert CLIENT_SECRET not in url_led_to(left)
    cookie = left.headers["set-cookie"]
    assert all(part in cookie for part in ("footfall-handshake=", "HttpOnly", "SameSite=lax", "Max-Age=600"))


def test_it_lets_no_other_page_begin_a_sign_in(inviting: PagesApp) -> None:
    browser = inviting.browser()

    assert browser.get("/sign-in/with/acme").status_code == 405
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert leave(browser, **headers).status_code == 403
    assert "footfall-handshake" not in browser.cookies


def test_it_goes_on_by_itself_or_by_a_link(inviting: PagesApp) -> None:
    left = leave(inviting.browser())

    assert f'href="{url_led_to(left).replace("&", "&amp;")}"' in left.text


def test_it_knows_no_other_provider(inviting: PagesApp) -> None:
    assert leave(inviting.browser(), "/sign-in/with/nobody").status_code == 404
    assert inviting.browser().get("/sign-in/with/nobody/callback?state=x").status_code in (403, 404)


def test_it_leads_to_the_set_up_of_a_fresh_install(
    empty: Install, threads: HashingThreads, provider_process: OidcProvider
) -> None:
    listed = [provider_process.settings("acme")]
    pages = PagesApp(empty, threads, settings=Settings(oidc_providers=listed, base_url=BASE_URL))

    assert leave(pages.browser()).headers["location"] == "/setup"


def test_it_says_so_where_a_provider_does_not_answer_well(inviting: PagesApp, provider: OidcProvider) -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"fault": "redirect"},
        {"fault": "huge"},
        {"fault": "html"},
        {"fault": "error"},
        {"document": {"issuer": "https://evil.example"}},
        {"document": {"token_endpoint": "ftp://127.0.0.1/token"}},
        {"document": {"token_endpoint": None}},
        {"document": {"jwks_uri": 7}},
    )
    for number, said in enumerate(wrong):
        provider.say(**said)

        answer = inviting.browser(client=(f"203.0.113.{number}", 50_000)).post("/sign-in/with/acme")

        assert answer.status_code == 503, said
        assert "try again later" in message(answer) or "description is wrong" in message(answer)


def test_it_makes_an_account_where_anybody_may_have_one(open_pages: PagesApp, provider: OidcProvider) -> None:
    browser = open_pages.browser()

    answer = come_back(browser, provider, "/sign-in/with/acme?next=/teams")

    assert answer.headers["location"] == "/teams"
    dora = open_pages.install.accounts.by_email("dora@example.org")
    assert dora is not None
    assert open_pages.install.links.is_confirmed(dora.id)
    account = browser.get("/account").text
    assert "You have none and sign in another way" in account
    assert "dora@example.org" in account


def test_it_knows_somebody_by_their_number_and_not_by_their_address(
    open_pages: PagesApp, provider: OidcProvider
) -> None:
    come_back(open_pages.browser(), provider)
    provider.say(person=DORA | {"email": "alice@example.com"})
    browser = open_pages.browser()

    answer = come_back(browser, provider)

    assert answer.status_code == 303
    page = browser.get("/account").text
    assert "dora@example.org" in page


def test_it_gives_nobody_the_account_of_an_address(open_pages: PagesApp, provider: OidcProvider) -> None:
    provider.say(person=DORA | {"email": "ALICE@example.com"})
    browser = open_pages.browser()

    answer = come_back(browser, provider)

    assert answer.status_code == 409
    assert "link the two" in message(answer)
    assert not is_signed_in(browser)


def test_it_makes_no_account_with_an_address_nobody_vouches_for(open_pages: PagesApp, provider: OidcProvider) -> None:
    for verified in (False, None, "true", 1):
        provider.say(person=DORA | {"email_verified": verified})
        browser = open_pages.browser()

        assert come_back(browser, provider).status_code == 403
        assert not is_signed_in(browser)
    assert open_pages.install.accounts.by_email("dora@example.org") is None


def test_it_makes_no_account_by_a_provider_that_brings_none(open_pages: PagesApp, provider: OidcProvider) -> None:
    assert come_back(open_pages.browser(), provider, "/sign-in/with/other").status_code == 403
    assert open_pages.install.accounts.by_email("dora@example.org") is None


def test_it_makes_accounts_by_invitation_alone_where_that_is_set(inviting: PagesApp, provider: OidcProvider) -> None:
    browser = inviting.browser()
    refused = come_back(browser, provider)
    assert refused.status_code == 403
    assert inviting.install.accounts.by_email("dora@example.org") is None
    alice, place = inviting.install.alice, Place(site_id=inviting.install.site.id)
    token = inviting.install.invitations.invite(
        place, "d@example.net", Role.VIEWER, giver_id=alice.id, giver=Role.OWNER
    )
    assert "Join with Acme" in browser.get(f"/invitations/{token}").text

    answer = come_back(browser, provider, f"/sign-in/with/acme?next=/invitations/{token}")

    dora = inviting.install.accounts.by_email("dora@example.org")
    assert answer.headers["location"] == "/"
    assert dora is not None
    assert inviting.install.sites.may_read(dora.id, inviting.install.site.id)
    assert come_back(inviting.browser(), provider, f"/sign-in/with/acme?next=/invitations/{token}").status_code == 303


def test_it_takes_no_invitation_that_has_ended(inviting: PagesApp, provider: OidcProvider) -> None:
    answer = come_back(inviting.browser(), provider, "/sign-in/with/acme?next=/invitations/none")

    assert answer.status_code == 404
    assert inviting.install.accounts.by_email("dora@example.org") is None


def test_it_asks_for_the_address_where_the_token_has_none(open_pages: PagesApp, provider: OidcProvider) -> None:
    provider.say(person={"sub": "d-1"}, user_info=DORA, proof="client_secret_post")

    assert come_back(open_pages.browser(), provider).status_code == 303
    assert open_pages.install.accounts.by_email("dora@example.org") is not None


def test_it_takes_no_address_of_somebody_else(open_pages: PagesApp, provider: OidcProvider) -> None:
    provider.say(person={"sub": "d-1"}, user_info=DORA | {"sub": "d-2"})
    assert come_back(open_pages.browser(), provider).status_code == 401
    vouched_elsewhere = {"sub": "d-1", "email": "dora@example.org"}
    provider.say(person={"sub": "d-1", "email_verified": True}, user_info=vouched_elsewhere)
    assert come_back(open_pages.browser(), provider).status_code == 403

    assert open_pages.install.accounts.by_email("dora@example.org") is None


DOMAINS: tuple[tuple[dict[str, Any], dict[str, Any], bool], ...] = (
    ({"allowed_domains": ["Example.org"]}, DORA, True),
    ({"allowed_domains": ["example.com"]}, DORA, False),
    ({"allowed_domains": ["example.org"]}, DORA | {"email_verified": False}, False),
    ({"allowed_domains": ["example.org"]}, DORA | {"email": "d@not-example.org"}, False),
    ({"allowed_domains": ["example.org"], "domain_claim": "hd"}, DORA, False),
    ({"allowed_domains": ["example.org"], "domain_claim": "hd"}, DORA | {"hd": "example.org"}, True),
)


async def test_it_knows_people_of_some_domains(provider: OidcProvider) -> None:
    for options, person, is_let_in in DOMAINS:
        provider.say(person=person)
        settings = ProviderSettings.model_validate(provider.settings("acme", **options))
        client = OpenIdClient(provider_of(settings), Fetching(), system_clock)
        asked = {"redirect_uri": BASE_URL, "nonce": "n", "verifier": "v" * 43}
        back = provider.sign_in(await client.address(state="s", **asked))
        code = parse_qs(urlsplit(back).query)["code"][0]

        try:
            known = await client.person(code=code, **asked)
        except NotAllowed:
            assert not is_let_in, options
        else:
            assert is_let_in, options
            assert known.subject == "d-1"


def test_it_takes_nobody_who_has_not_left(open_pages: PagesApp, provider: OidcProvider) -> None:
    """State: an answer that was made for one browser is nothing in another, or twice, or late."""
    victim, attacker = open_pages.browser(), open_pages.browser()
    path = path_of(provider.sign_in(url_led_to(leave(attacker))))
    leave(victim)

    assert victim.get(path).status_code == 403
    assert open_pages.browser().get(path).status_code == 403
    assert attacker.get(path).status_code == 403, "it was used up"
    assert attacker.get("/sign-in/with/acme/callback?code=x&state=guessed").status_code == 403
    assert attacker.get("/sign-in/with/acme/callback").status_code == 403
    assert not is_signed_in(victim)
    assert not is_signed_in(attacker)


def test_it_takes_an_answer_once_and_soon(open_pages: PagesApp, provider: OidcProvider) -> None:
    browser = open_pages.browser()
    path = path_of(provider.sign_in(url_led_to(leave(browser))))
    assert browser.get(path).status_code == 303
    assert open_pages.browser().get(path).status_code == 403
    late = open_pages.browser()
    path = path_of(provider.sign_in(url_led_to(leave(late))))
    open_pages.install.clock.move(seconds=601)

    assert late.get(path).status_code == 403


def test_it_takes_no_answer_of_one_provider_for_another(open_pages: PagesApp, provider: OidcProvider) -> None:
    browser = open_pages.browser()
    path = path_of(provider.sign_in(url_led_to(leave(browser))))

    assert browser.get(path.replace("/acme/", "/other/")).status_code == 403


def test_it_goes_on_in_each_of_two_tabs(open_pages: PagesApp, provider: OidcProvider) -> None:
    browser = open_pages.browser()
    paths = [path_of(provider.sign_in(url_led_to(leave(browser)))) for _ in range(2)]

    assert [browser.get(path).status_code for path in paths] == [303, 303]


def test_it_says_so_when_somebody_declined(open_pages: PagesApp, provider: OidcProvider) -> None:
    provider.say(answer={"code": None, "error": "access_denied"})

    assert "did not sign you in" in message(come_back(open_pages.browser(), provider))


def test_it_leads_nowhere_else(open_pages: PagesApp, provider: OidcProvider) -> None:
    for target in ("https://evil.example", "//evil.example", "/\\evil.example"):
        answer = come_back(open_pages.browser(), provider, f"/sign-in/with/acme?next={target}")

        assert answer.headers["location"] == "/"


def test_it_begins_a_new_session_and_ends_the_one_before(open_pages: PagesApp, provider: OidcProvider) -> None:
    browser = open_pages.browser_of("alice@example.com")
    before = browser.cookies["footfall"]

    come_back(browser, provider)

    assert browser.cookies["footfall"] != before
    assert open_pages.install.accounts.user_of_session(before) is None


def test_it_bounds_how_often_a_client_leaves(open_pages: PagesApp, provider: OidcProvider) -> None:
    browser = open_pages.browser()

    assert [leave(browser).status_code for _ in range(6)] == [200] * 5 + [429]
