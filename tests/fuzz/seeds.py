"""A valid request for each front door: what the mutations start from, and the shape its errors must have."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

Json = Any


class Names(NamedTuple):
    """What requests name: a site, in each product's way, and keys that may send events to it."""

    domain: str
    public_id: str
    website_id: str
    keys: tuple[str, ...]


class Seed(NamedTuple):
    """A request: ``document`` goes as JSON, ``query`` into the address."""

    method: str
    path: str
    shape: str
    document: Json = None
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}


def seeds(names: Names) -> list[Seed]:
    """One for each door, some doors more than once."""
    keyed = {"Authorization": f"Bearer {names.keys[0]}"}
    return [
        Seed("POST", "/api/v1/event", "native", _native(names)),
        Seed("POST", "/api/v1/event", "native", _engagement(names)),
        Seed("POST", "/api/v1/events", "native", _batch(names), headers=keyed),
        Seed("GET", f"/px/{names.public_id}.gif", "pixel", query=_pixel()),
        Seed("POST", "/api/event", "plausible", _plausible(names)),
        Seed("POST", "/api/event", "plausible", _plausible_long(names), headers=keyed),
        Seed("POST", "/api/send", "umami", _umami(names)),
        Seed("POST", "/api/send", "umami", _umami(names, ip="203.0.113.9", timestamp=1_700_000_000), headers=keyed),
        Seed("POST", "/api/batch", "umami", [_umami(names), _umami(names, name="Signup"), _identify(names)]),
        Seed("GET", "/count", "goatcounter", query=_count(names)),
        Seed("POST", "/count", "goatcounter", query=_count(names)),
        Seed("POST", "/api/v0/count", "goatcounter api", _hits(), {"site": names.domain}, keyed),
        Seed("GET", f"/js/{names.public_id}.js", "native"),
        Seed("GET", "/js/script.hash.js", "native"),
    ]


def _native(names: Names) -> Json:
    return {
        "site": names.public_id,
        "name": "Signup",
        "url": f"https://{names.domain}/a/b?utm_source=news&x=1#top",
        "id": "0123456789",
        "referrer": "https://other.example/page",
        "props": {"plan": "Pro", "seats": 5, "is_paid": True, "ratio": 0.5, "link": "https://x.example/?a=b"},
        "revenue": {"amount": "9.99", "currency": "EUR"},
        "interactive": True,
        "screen_width": 1280,
        "language": "de-DE",
        "timezone": "Europe/Berlin",
    }


def _engagement(names: Names) -> Json:
    site, url = names.public_id, f"https://{names.domain}/"
    return {"site": site, "name": "engagement", "url": url, "engagement_time_ms": 1500, "scroll_depth": 40}


def _batch(names: Names) -> Json:
    known = {"ip": "203.0.113.7", "user_agent": FIREFOX, "country": "EE", "city": "Tallinn", "utm_term": "shoes"}
    event = {"name": "pageview", "url": "/x", "timestamp": "2024-05-01T12:00:00Z", "visitor": "alice"}
    return {"site": names.domain, "events": [{**event, **known}, {**event, "timestamp": 1_700_000_000_000}]}


def _pixel() -> Mapping[str, str]:
    return {"url": "https://alice.example/a?utm_source=mail", "referrer": "https://other.example/"}


def _plausible(names: Names) -> Json:
    url = f"https://{names.domain}/page#route"
    return {"n": "pageview", "u": url, "d": names.domain, "r": None, "p": {"a": "b"}, "v": 7, "h": 1, "i": False}


def _plausible_long(names: Names) -> Json:
    return {
        "name": "engagement",
        "url": f"app://{names.domain}/screen",
        "domain": f"{names.domain},nobody.example",
        "referrer": "https://t.co/x",
        "meta": json.dumps({"a": 1}),
        "revenue": {"amount": 5, "currency": "USD"},
        "scroll_depth": 50,
        "engagement_time": 1000,
    }


def _umami(names: Names, **more: Json) -> Json:
    payload = {
        "website": names.website_id,
        "hostname": names.domain,
        "language": "en-US",
        "screen": "1920x1080",
        "url": "/shop?ref=x",
        "referrer": "https://other.example/",
        "title": "Shop",
        "tag": "b",
        "data": {"revenue": 5, "currency": "EUR", "nested": {"a": [1, 2]}},
    }
    return {"type": "event", "payload": {**payload, **more}}


def _identify(names: Names) -> Json:
    return {"type": "identify", "payload": {"website": names.website_id, "id": "alice", "data": {"a": 1}}}


def _count(names: Names) -> Mapping[str, str]:
    hit = {"p": "/page", "t": "Title", "e": "false", "r": "https://other.example/", "s": "1280,800,1", "b": "0"}
    return {**hit, "q": "?utm_source=x", "rnd": "abc", "site": names.public_id}


def _hits() -> Json:
    hit = {"path": "/a", "title": "A", "ref": "https://x.example/", "size": [1280.0], "query": "ref=b"}
    who = {"user_agent": FIREFOX, "ip": "203.0.113.8", "location": "NL-NB", "language": "nl"}
    return {
        "no_sessions": False,
        "filter": ["ip"],
        "hits": [
            {**hit, **who, "created_at": "2024-01-18T14:42:00Z"},
            {**hit, "event": True, "session": "s", "bot": 0},
        ],
    }
