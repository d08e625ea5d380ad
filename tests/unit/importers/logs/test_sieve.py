import pytest

from footfall.errors import InvalidInput
from footfall.importers.logs import LoggedRequest, SkipReason, parse_exclusion
from footfall.importers.logs.sieve import Sieve

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def request(path: str = "/", **fields: object) -> LoggedRequest:
    values: dict[str, object] = {"line_number": 1, "at_ms": 0, "path": path, "user_agent": BROWSER} | fields
    return LoggedRequest(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("logged", "reason"),
    [
        (request(), None),
        (request("/download.html?file=a.css"), None),
        (request(status=304), None),
        (request(status=206), None),
        (request(host="www.example.com"), None),
        (request(user_agent=None), None),
        (request(content_type="text/html; charset=utf-8"), None),
        (request("/from?utm_medium=feed"), None),
        (request("/logo.PNG?v=2"), SkipReason.STATIC_FILE),
        (request("/api", content_type="application/json"), SkipReason.STATIC_FILE),
        (request("/feed/"), SkipReason.FEED),
        (request("/?flav=rss20"), SkipReason.FEED),
        (request("/sitemap.xml"), SkipReason.FEED),
        (request(host="other.example"), SkipReason.OTHER_HOST),
        (request(host="notexample.com"), SkipReason.OTHER_HOST),
        (request(method="HEAD"), SkipReason.OTHER_METHOD),
        (request(status=301), SkipReason.REDIRECT),
        (request(status=404), SkipReason.ERROR),
        (request(status=101), SkipReason.ERROR),
        (request(user_agent=GOOGLEBOT), None),
        (request(user_agent=""), SkipReason.NO_AGENT),
    ],
)
def test_it_tells_page_views_from_the_rest(logged: LoggedRequest, reason: SkipReason | None) -> None:
    assert Sieve("example.com").reason_against(logged) is reason


@pytest.mark.parametrize(
    ("rule", "excluded", "kept"),
    [
        ("path:/admin", "/admin/users", "/about"),
        ("path:glob:/x/*/y", "/x/1/y", "/x/y"),
        ("path:re:^/[0-9]+$", "/42", "/42a"),
        ("!path:/shop", "/about", "/shop/1"),
    ],
)
def test_it_excludes_by_rule(rule: str, excluded: str, kept: str) -> None:
    sieve = Sieve("example.com", [parse_exclusion(rule)])

    assert sieve.reason_against(request(excluded)) is SkipReason.EXCLUDED
    assert sieve.reason_against(request(kept)) is None


@pytest.mark.parametrize("rule", ["path", "address:1", "path:re:("])
def test_it_refuses_a_rule_it_cannot_mean(rule: str) -> None:
    with pytest.raises(InvalidInput):
        parse_exclusion(rule)
