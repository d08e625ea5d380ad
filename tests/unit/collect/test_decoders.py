"""Whatever bytes and values arrive, a decoder reads them or refuses them with an error of ours."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.fuzz.decoders import DECODERS

from footfall.collect import wire
from footfall.collect.address import TrustedProxies, given_address
from footfall.collect.http import unzip
from footfall.collect.umami.tokens import CacheTokens
from footfall.errors import FootfallError, InvalidInput, TooLarge

texts = st.text() | st.text(alphabet="\x00\ud800\udfff%@/:?#=&.1aé", max_size=40)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)
_FIELDS = (
    *(
        "site",
        "events",
        "name",
        "n",
        "url",
        "u",
        "domain",
        "d",
        "referrer",
        "r",
        "props",
        "p",
        "m",
        "revenue",
        "$",
        "id",
    ),
    *("timestamp", "engagement_time_ms", "scroll_depth", "sd", "e", "h", "i", "type", "payload", "website", "hostname"),
    *("data", "screen", "tag", "language", "hits", "path", "created_at", "size", "bot", "session", "location", "ip"),
)
documents = st.dictionaries(st.sampled_from(_FIELDS), values, max_size=12)
bodies = st.binary() | (documents | values).map(lambda value: json.dumps(value).encode())


@pytest.mark.parametrize("door", DECODERS)
@settings(deadline=None)
@given(body=bodies)
@example(body=b"[" * 100_000)
@example(body=b'{"a":' * 50_000)
@example(body=b'{"name":"x","url":"/","props":{"a":' + b"[" * 60_000)
@example(body=b'{"name":NaN,"url":1e999}')
@example(body=b'{"name":"\\ud800","url":"/","n":"\\ud800","u":"/"}')
@example(body=b'{"name":"a\\u0000b","url":"/"}')
@example(body=b'{"name":"x","url":"/","timestamp":' + b"9" * 5_000 + b"}")
@example(body=b'{"name":"engagement","url":"/","engagement_time_ms":1e308,"scroll_depth":-1e308}')
@example(body=b'{"type":"event","payload":{"website":"w","timestamp":9223372036854775807}}')
@example(
    body=b'{"type":"event","payload":{"website":"w","data":{"revenue":1e308,"currency":"EUR"},"screen":"99999999x1"}}'
)
@example(body=b"\xff\xfe{\x00}\x00")
@example(body=b"&".join([b"p=%ff"] * 60))
def test_it_reads_or_refuses(door: str, body: bytes) -> None:
    refusal = _refusal(lambda: DECODERS[door](body))

    assert refusal is None or 400 <= refusal.status < 500
    assert refusal is None or refusal.message.encode()


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "b\udfff"])
def test_it_refuses_texts_that_no_store_can_hand_back(text: str) -> None:
    with pytest.raises(InvalidInput):
        wire.event_name(wire.WireEvent(name=text, url="/"))
    with pytest.raises(InvalidInput):
        wire.event_props(wire.WireEvent(name="x", url="/", props={"key": text}), 30)
    with pytest.raises(InvalidInput):
        wire.bounded(text, 100, "city")


def test_it_unfolds_no_more_than_its_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))

    with pytest.raises(TooLarge):
        unzip(bomb, 1_000)


@given(st.binary() | st.binary().map(gzip.compress) | st.binary().map(lambda body: gzip.compress(body)[:-1]))
def test_it_unzips_or_refuses(body: bytes) -> None:
    refusal = _refusal(lambda: unzip(body, 100))

    assert refusal is None or 400 <= refusal.status < 500


@given(st.text(), st.text())
def test_it_reads_any_chain_of_proxies(peer: str, chain: str) -> None:
    client = TrustedProxies("127.0.0.1,::1").client(peer, chain)

    assert client == "" or given_address(client) == client


@given(st.text())
def test_it_takes_no_foreign_text_for_a_token_of_its_own(text: str) -> None:
    assert CacheTokens("ab" * 32).read(text) is None


def _refusal(read: Callable[[], Any]) -> FootfallError | None:
    try:
        read()
    except FootfallError as error:
        return error
    return None
