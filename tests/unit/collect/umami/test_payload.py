"""From what Umami's clients write to the wire event."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.collect.umami.payload import VALUE_CHARS, decode_request, wire_event
from footfall.collect.wire import WireEvent, WireRevenue
from footfall.errors import InvalidInput


def event(**payload: Any) -> WireEvent:
    body = {"type": "event", "payload": {"website": "x", "hostname": "alice.example", **payload}}
    return wire_event(decode_request(json.dumps(body).encode()).payload)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/a?b=1#c", "https://alice.example/a?b=1#c"),
        ("a", "https://alice.example/a"),
        ("https://other.example/a", "https://other.example/a"),
        ("/login?next=https://alice.example/a", "https://alice.example/login?next=https://alice.example/a"),
        ("/undefined", "https://alice.example/"),
        (None, "https://alice.example/"),
    ],
)
def test_it_completes_the_address(url: str | None, expected: str) -> None:
    assert event(url=url).url == expected


def test_it_leaves_out_a_referrer_on_the_site_itself() -> None:
    assert event(referrer="/before").referrer is None
    assert event(referrer="https://other.example/").referrer == "https://other.example/"


def test_it_reads_the_width_of_the_screen() -> None:
    assert [event(screen=text).screen_width for text in ("1920x1080", "wide", "x", "²x1")] == [1920, None, None, None]


def test_it_takes_a_view_without_a_name_and_an_event_with_one() -> None:
    assert event().name == "pageview"
    assert event(name="Buy").name == "Buy"


@pytest.mark.parametrize("seconds", [1_700_000_000, "1700000000", 1_700_000_000.0, "1.7e9"])
def test_it_reads_seconds_in_any_spelling(seconds: Any) -> None:
    assert event(timestamp=seconds).timestamp == 1_700_000_000_000


def test_it_flattens_and_cuts_data() -> None:
    data = {"a": {"b": {"c": 1}}, "list": [1, {"x": None}], "long": "y" * 600, "none": None}

    assert event(data=data).props == {
        "a.b.c": 1,
        "list": '[1, {"x": null}]',
        "long": "y" * VALUE_CHARS,
        "none": None,
    }


@pytest.mark.parametrize(
    ("name", "data", "revenue"),
    [
        ("Buy", {"revenue": 9.5, "currency": "usd"}, WireRevenue(9.5, "USD")),
        ("Buy", {"revenue": "9.5", "currency": "USD"}, None),
        ("Buy", {"revenue": True, "currency": "USD"}, None),
        ("Buy", {"revenue": 9.5, "currency": "dollars"}, None),
        ("Buy", {"revenue": 9.5}, None),
        (None, {"revenue": 9.5, "currency": "USD"}, None),
    ],
)
def test_it_finds_the_revenue_of_an_event(name: str | None, data: dict[str, Any], revenue: WireRevenue | None) -> None:
    assert event(name=name, data=data).revenue == revenue


@pytest.mark.parametrize(
    "payload",
    [
        {"website": None},
        {"link": "y"},
        {"hostname": "x" * 101},
        {"language": "x" * 36},
        {"screen": "x" * 12},
        {"name": "x" * 51},
        {"tag": "x" * 51},
        {"timestamp": "now"},
        {"timestamp": 1.5},
        {"timestamp": "9" * 400},
        {"timestamp": "inf"},
        {"lcp": -1},
        {"cls": 101},
        {"data": ["x"]},
    ],
)
def test_it_refuses_what_umami_refuses(payload: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        event(**payload)

    assert (refused.value.field or "").startswith("payload")


@pytest.mark.parametrize("ends", [(b'{"a":', b"}"), (b'{"a":[', b"]}")])
@pytest.mark.parametrize("depth", [20, 200, 900, 9_000])
def test_it_survives_data_without_a_bottom(ends: tuple[bytes, bytes], depth: int) -> None:
    data = ends[0] * depth + b"1" + ends[1] * depth

    with suppress(InvalidInput):
        wire_event(decode_request(b'{"type":"event","payload":{"website":"x","data":' + data + b"}}").payload)


@given(st.binary())
def test_it_refuses_any_other_body(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        decode_request(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_it_takes_any_data(data: dict[str, Any]) -> None:
    text = json.dumps({"type": "event", "payload": {"website": "x", "name": "e", "data": data}}, ensure_ascii=False)

    assert wire_event(decode_request(text.encode()).payload).name == "e"
