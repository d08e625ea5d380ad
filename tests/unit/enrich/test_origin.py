import pytest

from footfall.enrich import Origin, origin_of, parse_page


@pytest.mark.parametrize(
    ("url", "referrer", "origin"),
    [
        ("https://a.com/", "", Origin("", "Direct", "")),
        ("https://a.com/", "https://www.google.com/", Origin("Google", "Organic Search", "https://google.com")),
        (
            "https://a.com/",
            "https://blog.example.org/x?y",
            Origin("blog.example.org", "Referral", "https://blog.example.org/x"),
        ),
        ("https://a.com/", "https://www.a.com/other", Origin("", "Direct", "")),
        (
            "https://a.com/?utm_source=fb",
            "https://www.google.com/",
            Origin("Facebook", "Organic Social", "https://google.com"),
        ),
        ("https://a.com/?ref=My-Friend", "", Origin("My-Friend", "Referral", "")),
        (
            "https://a.com/",
            "android-app://com.google.android.gm/",
            Origin("Gmail", "Email", "android-app://com.google.android.gm"),
        ),
        ("https://a.com/?gclid=1", "https://www.google.de/", Origin("Google", "Paid Search", "https://google.de")),
    ],
)
def test_it_tells_source_channel_and_referrer(url: str, referrer: str, origin: Origin) -> None:
    assert origin_of(parse_page(url), referrer) == origin
