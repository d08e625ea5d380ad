"""From a hit to the wire event."""

from typing import Any

import pytest

from footfall.collect.goatcounter.hit import MAX_PATH_CHARS, Hit, host_of, judge_hit, wire_event
from footfall.domain import DropReason
from footfall.errors import InvalidInput

PAGE = "https://alice.example/page"


def hit(path: str = "/", **more: Any) -> Hit:
    return Hit(**{"path": path, "is_event": False, "referrer": "", "query": "", "bot": 0, "width": None, **more})


@pytest.mark.parametrize("wrong", [hit(""), hit("  "), hit("x" * (MAX_PATH_CHARS + 1)), hit(bot=1), hit(bot=149)])
def test_it_refuses_a_hit_that_makes_no_sense(wrong: Hit) -> None:
    with pytest.raises(InvalidInput):
        judge_hit(wrong)


def test_it_believes_a_client_that_says_it_is_a_bot() -> None:
    assert judge_hit(hit(bot=150)) is DropReason.BOT
    assert judge_hit(hit()) is None


@pytest.mark.parametrize(
    ("path", "more", "url"),
    [
        ("/a", {}, "https://alice.example/a"),
        ("a", {}, "https://alice.example/a"),
        ("//evil.example/a", {}, "https://alice.example/evil.example/a"),
        ("/a", {"query": "?utm_source=x"}, "https://alice.example/a?utm_source=x"),
        ("/a?b=1#c", {"query": "utm_source=x"}, "https://alice.example/a?b=1&utm_source=x#c"),
        ("/a", {"referrer": "Some & mail"}, "https://alice.example/a?ref=Some%20%26%20mail"),
        ("/a", {"referrer": "https://other.example/"}, "https://alice.example/a"),
    ],
)
def test_it_makes_the_address_of_a_view(path: str, more: dict[str, Any], url: str) -> None:
    assert wire_event(hit(path, **more), "alice.example", PAGE).url == url


def test_it_names_an_event_after_its_path() -> None:
    made = wire_event(hit("buy", is_event=True), "alice.example", PAGE)

    assert (made.name, made.url) == ("buy", PAGE)


def test_it_finds_the_host_of_an_address() -> None:
    addresses = ("https://a.example:8/x", "//b.example", "", "nonsense", "http://[")

    assert [host_of(address) for address in addresses] == ["a.example", "b.example", "", "", ""]
