import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from footfall.enrich import Campaign, Page, parse_page
from footfall.errors import InvalidInput


@pytest.mark.parametrize(
    ("url", "hostname", "path"),
    [
        ("https://www.Example.com/a/b", "example.com", "/a/b"),
        ("http://example.com:8080", "example.com", "/"),
        ("https://example.com/caf%C3%A9?x=1#top", "example.com", "/café"),
        ("  https://example.com/a \n", "example.com", "/a"),
        ("https://user:secret@example.com./a", "example.com", "/a"),
        ("https://[2001:db8::1]/a", "2001:db8::1", "/a"),
        ("//example.com/a", "example.com", "/a"),
        ("/only/a/path", "(none)", "/only/a/path"),
        ("https:///a", "(none)", "/a"),
        ("https://example.com/%ff%00", "example.com", "/\ufffd\ufffd"),
        ("https://example.com/confirm/alice%40example.org", "example.com", "/confirm/:email"),
    ],
)
def test_it_reads_host_and_path(url: str, hostname: str, path: str) -> None:
    page = parse_page(url)

    assert (page.hostname, page.path) == (hostname, path)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "data:text/html,hello",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://example.com/\x00",
        "https://example.com/\ud800",
        "https://[::1",
        "https://exa mple.com/",
        f"https://example.com/{'a' * 2000}",
        f"https://{'a' * 300}.com/",
    ],
)
def test_it_refuses_what_is_no_web_address(url: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_page(url)

    assert refusal.value.field == "url"


def test_it_takes_long_query_strings() -> None:
    page = parse_page(f"https://example.com/a?x={'y' * 50_000}")

    assert page == Page("example.com", "/a")


def test_it_keeps_the_route_of_sites_that_route_by_hash() -> None:
    page = parse_page("https://example.com/app#/orders?id=7", keep_fragment=True)

    assert page.path == "/app#/orders"


def test_it_keeps_the_parameters_a_site_asked_for_in_sorted_order() -> None:
    page = parse_page("https://example.com/s?b=2&secret=1&a=x%26y&q=", kept_parameters=("b", "a", "q"))

    assert page.path == "/s?a=x%26y&b=2"


def test_it_reads_the_campaign_of_the_link() -> None:
    url = "https://example.com/?utm_source=news&utm_medium=email&utm_campaign=may&utm_content=top&utm_term=shoes"

    assert parse_page(url).campaign == Campaign("news", "email", "may", "top", "shoes")


@pytest.mark.parametrize(
    ("query", "source"),
    [("ref=hn", "hn"), ("source=a&ref=b", "a"), ("utm_source=&ref=b", "b"), ("utm_source=x&source=y", "x")],
)
def test_it_falls_back_to_source_and_ref(query: str, source: str) -> None:
    assert parse_page(f"https://example.com/?{query}").campaign.utm_source == source


def test_it_keeps_only_the_kind_of_a_click_id() -> None:
    page = parse_page("https://example.com/?gclid=Cj0KCQiA-secret")

    assert page == Page("example.com", "/", Campaign(click_id_kind="gclid"))


def test_it_cuts_and_masks_campaign_values() -> None:
    page = parse_page(f"https://example.com/?utm_campaign={'may ' * 100}&utm_content=alice@example.com")

    assert len(page.campaign.utm_campaign) == 200
    assert page.campaign.utm_content == ":email"


@given(st.text() | st.text().map("https://example.com/{}".format) | st.text().map("https://{}/".format))
@example("https://example.com:port/")
@example("http://\u2100.com/")
@example("https://example.com/?%ed%a0%80=1")
def test_it_answers_any_text_with_a_page_or_invalid_input(url: str) -> None:
    try:
        page = parse_page(url, keep_fragment=True, kept_parameters=("a",))
    except InvalidInput:
        return
    assert page.path.startswith("/")
    assert len(page.path) <= 2000
    f"{page}".encode()
