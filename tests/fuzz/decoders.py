"""Everything that reads what strangers send, each as a function of bytes; what it may raise is a FootfallError."""

from collections.abc import Callable, Mapping
from typing import Any

from footfall.collect import wire
from footfall.collect.address import TrustedProxies
from footfall.collect.goatcounter.api import _read as decode_hits
from footfall.collect.goatcounter.count import _read_hit as decode_hit
from footfall.collect.goatcounter.hit import judge_hit
from footfall.collect.goatcounter.hit import wire_event as event_of_hit
from footfall.collect.http import unzip
from footfall.collect.plausible.decode import decode as decode_plausible
from footfall.collect.umami.payload import decode_batch, decode_request
from footfall.collect.umami.payload import wire_event as event_of_payload
from footfall.enrich import mask_properties, parse_page, scrub_referrer

NOW_MS = 1_750_000_000_000

Decoder = Callable[[bytes], Any]


def _native(body: bytes) -> None:
    event = wire.decode_event(body)
    name = wire.event_name(event)
    wire.event_time_ms(event, NOW_MS)
    _check_storable(name, *(text for pair in wire.event_props(event, 30).items() for text in pair))
    wire.event_revenue(event)
    wire.event_engagement(event, name)


def _umami(body: bytes) -> None:
    event = event_of_payload(decode_request(body).payload)
    wire.event_time_ms(event, NOW_MS)
    wire.event_props(event, 30)


def _umami_batch(body: bytes) -> None:
    for entry in decode_batch(body, 1_000):
        decode_request(entry)


def _hit(body: bytes) -> None:
    hit = decode_hit(body)
    judge_hit(hit)
    event_of_hit(hit, "alice.example", "https://alice.example/")


def _page(body: bytes) -> None:
    page = parse_page(body.decode("utf-8", "surrogateescape"), keep_fragment=True)
    _check_storable(page.path, page.hostname, page.campaign.utm_source)


def _referrer(body: bytes) -> None:
    _check_storable(scrub_referrer(body.decode("utf-8", "replace"), "alice.example"))


def _property(body: bytes) -> None:
    text = body.decode("utf-8", "replace").replace("\x00", "")
    _check_storable(mask_properties({"note": text})["note"])


def _proxies(body: bytes) -> None:
    TrustedProxies("127.0.0.1").client("127.0.0.1", body.decode("latin-1"))


DECODERS: Mapping[str, Decoder] = {
    "native": _native,
    "plausible": decode_plausible,
    "umami": _umami,
    "umami batch": _umami_batch,
    "goatcounter": _hit,
    "goatcounter api": decode_hits,
    "page": _page,
    "referrer": _referrer,
    "property": _property,
    "proxies": _proxies,
    "gzip": lambda body: unzip(body, 10_000),
}


def _check_storable(*stored: str) -> None:
    for text in stored:
        assert "\x00" not in text
        text.encode()
