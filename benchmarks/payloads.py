"""The requests of the intake load: what browsers of many visitors would send."""

import json
from dataclasses import dataclass
from random import Random

USER_AGENTS = 2_000
URLS = 50_000
ADDRESSES = 60_000

_TEMPLATES = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{0}.0.{1}.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.{1}",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_{1} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.{1} Mobile/15E{0} Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{0}.0.{1}.0 Mobile Safari/537.36",
)
_REFERRERS = (None, "https://www.google.com/", "https://news.ycombinator.com/item?id=1", "https://duckduckgo.com/")
_CAMPAIGNS = ("", "", "", "?utm_source=newsletter&utm_medium=email&utm_campaign=autumn")


@dataclass(frozen=True)
class Request:
    """One request as bytes, split where the event ids go: every event sent must be a new one."""

    parts: list[bytes]

    @property
    def events(self) -> int:
        """How many events it carries."""
        return len(self.parts) - 1

    def with_ids(self, first: int) -> bytes:
        """The request with ids counted from ``first``."""
        pieces = [self.parts[0]]
        for number, part in enumerate(self.parts[1:], first):
            pieces += (b"%016x" % number, part)
        return b"".join(pieces)


def event_requests(site: str, domain: str, seed: int = 1) -> list[Request]:
    """One request to `POST /api/v1/event` for each URL, in random order."""
    random, agents, addresses = _visitors(seed)
    requests = [
        _request("/api/v1/event", _body(site, domain, number, random), random.choice(agents), random.choice(addresses))
        for number in range(URLS)
    ]
    random.shuffle(requests)
    return requests


def batch_requests(domain: str, key: str, size: int, seed: int = 1) -> list[Request]:
    """Requests of ``size`` events each to `POST /api/v1/events`, one event for each URL."""
    random, agents, addresses = _visitors(seed)
    events = [
        _event(domain, number, random) | {"user_agent": random.choice(agents), "ip": random.choice(addresses)}
        for number in range(URLS)
    ]
    random.shuffle(events)
    bodies = (
        json.dumps({"site": domain, "events": events[start : start + size]}, separators=(",", ":")).encode()
        for start in range(0, URLS, size)
    )
    return [_request("/api/v1/events", body, "bench", "100.64.0.1", key=key) for body in bodies]


def get_requests(path: str) -> list[Request]:
    """The same request without a body, for a server that does nothing."""
    return [Request([f"GET {path}?".encode(), b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"])]


def _visitors(seed: int) -> tuple[Random, list[str], list[str]]:
    agents = [_TEMPLATES[n % len(_TEMPLATES)].format(100 + n // 4 % 50, n // 200) for n in range(USER_AGENTS)]
    addresses = [f"100.{64 + n // 65_536}.{n // 256 % 256}.{n % 256}" for n in range(ADDRESSES)]
    return Random(seed), agents, addresses


def _body(site: str, domain: str, number: int, random: Random) -> bytes:
    return json.dumps({"site": site} | _event(domain, number, random), separators=(",", ":")).encode()


def _event(domain: str, number: int, random: Random) -> dict[str, object]:
    return {
        "id": "@",
        "name": "pageview",
        "url": f"https://{domain}/section-{number % 40}/page-{number}{random.choice(_CAMPAIGNS)}",
        "referrer": random.choice(_REFERRERS),
        "screen_width": random.choice((390, 412, 1440, 1920)),
        "timezone": "Europe/Berlin",
    }


def _request(path: str, body: bytes, agent: str, address: str, key: str = "") -> Request:
    parts = body.split(b"@")
    length = len(body) + 15 * (len(parts) - 1)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
        f"User-Agent: {agent}\r\nX-Forwarded-For: {address}\r\nAccept-Language: de-DE,de;q=0.9\r\n"
        + (f"Authorization: Bearer {key}\r\n" if key else "")
        + f"Content-Length: {length}\r\n\r\n"
    )
    return Request([head.encode() + parts[0], *parts[1:]])
