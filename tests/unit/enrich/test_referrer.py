import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.enrich import is_referrer_spam, scrub_referrer


@pytest.mark.parametrize(
    ("referrer", "scrubbed"),
    [
        ("https://www.google.com/search?q=private#x", "https://google.com/search"),
        ("https://alice:pw@news.example.org:8443/a/", "https://news.example.org/a"),
        ("https://mail.example.org/inbox/alice@example.org", "https://mail.example.org/inbox/:email"),
        ("android-app://com.google.android.gm/", "android-app://com.google.android.gm"),
    ],
)
def test_it_keeps_scheme_host_and_path(referrer: str, scrubbed: str) -> None:
    assert scrub_referrer(referrer, "example.com") == scrubbed


@pytest.mark.parametrize(
    "referrer",
    [
        "",
        "https://www.example.com/before",
        "http://localhost:3000/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://shop.test/",
        "http://intranet/",
        "about:blank",
        "chrome-extension://abc/page.html",
        "not an address",
        "https://[",
    ],
)
def test_it_ignores_the_own_host_this_machine_and_malformed_ones(referrer: str) -> None:
    assert scrub_referrer(referrer, "example.com") == ""


@pytest.mark.parametrize(
    "referrer",
    [
        "semalt.com",
        "https://www.semalt.com/x.php?u=1",
        "https://free-traffic.xyz/",
        f"{' ' * 3_000}https://semalt.com/",
    ],
)
def test_it_knows_spam(referrer: str) -> None:
    assert is_referrer_spam(referrer)


@pytest.mark.parametrize("referrer", ["", "google.com", "https://example.org/semalt.com", "https://notsemalt.example/"])
def test_it_lets_others_through(referrer: str) -> None:
    assert not is_referrer_spam(referrer)


@given(st.text() | st.text().map("https://{}".format))
def test_it_takes_any_text(referrer: str) -> None:
    scrubbed = scrub_referrer(referrer, "example.com")

    assert "?" not in scrubbed.partition("://")[2].partition("/")[0]
    assert is_referrer_spam(referrer) in {True, False}
