"""Plausible's event, field by field."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.collect import wire
from footfall.collect.plausible.decode import RefusedEvent, decode

VIEW = {"n": "pageview", "u": "https://www.example.com/page", "d": "example.com"}
TOO_LONG = "keys should have at most 300 bytes and values 2000 bytes"
NEEDS_READING = "engagement event requires a valid integer value for at least one of 'sd' or 'e' fields"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KEYS = (
    *("n", "name", "u", "url", "d", "domain", "r", "referrer", "h", "hashMode", "p", "props", "m", "meta"),
    *("$", "revenue", "i", "interactive", "sd", "scroll_depth", "e", "engagement_time", "v"),
)


def read(**fields: Any) -> wire.WireEvent:
    return decode(json.dumps({**VIEW, **fields}).encode()).wire


def errors_of(body: Any) -> dict[str, list[str]]:
    with pytest.raises(RefusedEvent) as caught:
        decode(body if isinstance(body, bytes) else json.dumps(body).encode())
    return caught.value.errors


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"7", b"[" * 50_000, b'{"n": "\xff"}', b'{"n": NaN}'])
def test_it_reads_json_objects_only(body: bytes) -> None:
    assert errors_of(body) == {"request": ["Unable to parse request body as json"]}


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"u": None}, {"url": ["is required"]}),
        ({"u": 7}, {"url": ["must be a valid url"]}),
        ({"u": "https://example.com/" + "a" * 2000}, {"url": ["must be a valid url"]}),
        ({"u": "https://[nonsense"}, {"url": ["must be a valid url"]}),
        ({"u": "DATA:text/html,hi"}, {"url": ["scheme is not allowed"]}),
        ({"d": " "}, {"domain": ["can't be blank"]}),
        ({"d": None, "u": "/path"}, {"domain": ["can't be blank"]}),
        ({"d": ",".join(map(str, range(101)))}, {"domain": ["should name at most 100 sites"]}),
        ({"n": None}, {"event_name": ["can't be blank"]}),
        ({"n": " "}, {"event_name": ["can't be blank"]}),
        ({"n": True}, {"event_name": ["is invalid"]}),
        ({"n": {}}, {"event_name": ["is invalid"]}),
        ({"n": "x" * 121}, {"event_name": ["should be at most 120 character(s)"]}),
        ({"p": {"k" * 301: "v"}}, {"props": [TOO_LONG]}),
        ({"p": {"k": "é" * 1001}}, {"props": [TOO_LONG]}),
        ({"n": "engagement"}, {"event_name": [NEEDS_READING]}),
        ({"n": "engagement", "sd": "deep", "e": -1}, {"event_name": [NEEDS_READING]}),
    ],
)
def test_it_names_the_field_that_is_wrong(fields: dict[str, Any], errors: dict[str, list[str]]) -> None:
    assert errors_of({**VIEW, **fields}) == errors


def test_it_names_everything_that_is_wrong_at_once() -> None:
    assert errors_of({}).keys() == {"event_name", "url", "domain"}


@pytest.mark.parametrize(
    ("fields", "domains"),
    [
        ({"d": "www.example.com"}, ("example.com",)),
        ({"d": "a.example, www.b.example,,a.example"}, ("a.example", "b.example")),
        ({"d": "BÜCHER.example"}, ("xn--bcher-kva.example",)),
        ({"d": None}, ("example.com",)),
        ({"d": 7, "domain": None}, ("example.com",)),
        ({"d": "no/domain"}, ("no/domain",)),
    ],
)
def test_it_reads_the_sites(fields: dict[str, Any], domains: tuple[str, ...]) -> None:
    assert decode(json.dumps({**VIEW, **fields}).encode()).domains == domains


@pytest.mark.parametrize(("value", "by_hash"), [(1, True), ("1", True), (0, False), (None, False), ("yes", False)])
def test_it_reads_hash_mode(value: Any, by_hash: bool) -> None:
    assert decode(json.dumps({**VIEW, "h": value}).encode()).routes_by_hash is by_hash


@pytest.mark.parametrize(
    ("revenue", "stored"),
    [
        ({"amount": 10.5, "currency": "USD"}, ("10.500", "USD")),
        ({"amount": " 10.29 ", "currency": "eur"}, ("10.290", "EUR")),
        ('{"amount": 3, "currency": "EUR"}', ("3.000", "EUR")),
        ({"amount": "ten", "currency": "EUR"}, ("", "")),
        ({"amount": "NaN", "currency": "EUR"}, ("", "")),
        ({"amount": "1e400", "currency": "EUR"}, ("", "")),
        ({"amount": 1, "currency": "EURO"}, ("", "")),
        ({"amount": 1, "currency": 978}, ("", "")),
        ({"amount": True, "currency": "EUR"}, ("", "")),
        ({"amount": 1}, ("", "")),
        ("[]", ("", "")),
        (7, ("", "")),
    ],
)
def test_it_leaves_out_revenue_that_makes_no_sense(revenue: Any, stored: tuple[str, str]) -> None:
    assert wire.event_revenue(read(**{"$": revenue})) == stored


@pytest.mark.parametrize(
    ("fields", "engaged_ms", "depth"),
    [
        ({"sd": 40, "e": 5000}, 5000, 40),
        ({"sd": "40", "e": "5000"}, 5000, 40),
        ({"sd": 180}, 0, 100),
        ({"sd": -1, "e": 1}, 1, None),
        ({"sd": 1.5, "e": 1}, 1, None),
        ({"sd": "deep", "e": 1}, 1, None),
        ({"sd": 10, "e": -5}, 0, 10),
        ({"sd": 10, "e": "long"}, 0, 10),
        ({"sd": 10, "e": "9" * 5000}, 0, 10),
        ({"sd": 10, "e": 30 * 86_400_000}, 0, 10),
    ],
)
def test_it_reads_engagement(fields: dict[str, Any], engaged_ms: int, depth: int | None) -> None:
    event = read(n="engagement", **fields)

    assert (event.engagement_time_ms, event.scroll_depth) == (engaged_ms, depth)


@pytest.mark.parametrize("props", ["not json", "[1]", [1], 7, True, None])
def test_it_ignores_properties_that_are_no_object(props: Any) -> None:
    assert read(p=props).props == {}


def test_it_puts_the_path_first_so_that_30_properties_do_not_push_it_out() -> None:
    event = read(n="404", p={f"key{number}": number for number in range(40)})

    assert event.props is not None
    assert event.props["path"] == "/page"
    assert len(event.props) == 30


@pytest.mark.parametrize(("value", "is_interactive"), [(False, False), (True, True), (None, True), ("false", True)])
def test_it_takes_a_clear_no_only_for_no(value: Any, is_interactive: bool) -> None:
    assert read(i=value).interactive is is_interactive


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_it_reads_or_refuses_whatever_fields_hold(fields: dict[str, Any]) -> None:
    outcome = outcome_of(json.dumps({**VIEW, **fields}).encode())

    if isinstance(outcome, RefusedEvent):
        assert outcome.errors.keys() <= {"event_name", "url", "domain", "props", "request"}
        return
    assert len(outcome.props or {}) <= 30
    wire.event_revenue(outcome)
    wire.event_engagement(outcome, wire.event_name(outcome))


@given(st.binary(max_size=200))
def test_it_refuses_bytes_that_are_no_json(body: bytes) -> None:
    assert isinstance(outcome_of(body), RefusedEvent)


def outcome_of(body: bytes) -> wire.WireEvent | RefusedEvent:
    try:
        return decode(body).wire
    except RefusedEvent as error:
        return error
