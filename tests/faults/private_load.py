"""A load whose every sender is known: who, with what agent, and which e-mail address and token stood in the pages."""

import http.client
import json
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlencode

from footfall.privacy.canaries import Canary, canary, events_of

_BATCH_EVENTS = 1_000
_BROWSERS = 4
_OLD_NETWORK = "198.18"  # for tests of networks, RFC 2544: larger than those for documentation


@dataclass(frozen=True)
class Target:
    """The site of the load, and a key that may write to it."""

    port: int
    public_id: str
    domain: str
    key: str


@dataclass(frozen=True)
class Sending:
    """One request and how many events it carries."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]
    events: int = 1


def people(count: int) -> list[Canary]:
    """Different people, every fourth at an IPv4 address."""
    old = [canary(f"{_OLD_NETWORK}.{number // 250}.{number % 250 + 1}") for number in range(count // 4)]
    return old + [canary(f"2001:db8:{secrets.randbits(16):x}::{number:x}") for number in range(count - len(old))]


def browser_sendings(everyone: list[Canary], target: Target) -> Iterator[Sending]:
    """One event after another, through each front door in turn."""
    doors = cycle((_native, _plausible, _umami, _goatcounter))
    for number, person in enumerate(cycle(everyone)):
        event = list(events_of(person, target.domain))[number % 3]
        method, path, body = next(doors)(event, target)
        headers = {"User-Agent": person.agent, "X-Forwarded-For": person.address, "Content-Type": "application/json"}
        yield Sending(method, path, body, headers | {"Referer": event["url"]})


def batch_sendings(everyone: list[Canary], target: Target) -> Iterator[Sending]:
    """A thousand events at a time, by a server for its visitors."""
    events = (
        {**event, "url": f"{event['url']}&n={number}", "ip": person.address, "user_agent": person.agent}
        for number, person in enumerate(cycle(everyone))
        for event in events_of(person, target.domain)
    )
    headers = {"Authorization": f"Bearer {target.key}", "Content-Type": "application/json"}
    while True:
        body = {"site": target.domain, "events": list(islice(events, _BATCH_EVENTS))}
        yield Sending("POST", "/api/v1/events", body, headers, _BATCH_EVENTS)


def send(sendings: Iterator[Sending], count: int, port: int, connections: int = _BROWSERS) -> None:
    """Send until ``count`` events are acknowledged."""
    waiting = list(islice(sendings, count))
    parts = [waiting[start::connections] for start in range(connections)]
    failures: list[BaseException] = []
    threads = [threading.Thread(target=_send_part, args=(part, port, failures)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]


def _send_part(part: list[Sending], port: int, failures: list[BaseException]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for each in part:
            body = None if each.body is None else json.dumps(each.body)
            connection.request(each.method, each.path, body, each.headers)
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status < 300, content
            assert answer.headers.get("X-Footfall-Dropped") is None, answer.headers
    except BaseException as failure:
        failures.append(failure)
    finally:
        connection.close()


def _native(event: dict[str, Any], target: Target) -> tuple[str, str, Any]:
    return "POST", "/api/v1/event", {"site": target.public_id, **event}


def _plausible(event: dict[str, Any], target: Target) -> tuple[str, str, Any]:
    return "POST", "/api/event", {"domain": target.domain, **event}


def _umami(event: dict[str, Any], target: Target) -> tuple[str, str, Any]:
    payload = {"website": target.public_id, "hostname": target.domain, "screen": "1920x1080", "language": "de-DE"}
    named = {} if event["name"] == "pageview" else {"name": event["name"], "data": event["props"]}
    pages = {"url": event["url"], "referrer": event.get("referrer", ""), "title": event["url"]}
    return "POST", "/api/send", {"type": "event", "payload": payload | pages | named}


def _goatcounter(event: dict[str, Any], target: Target) -> tuple[str, str, Any]:
    path, _, query = event["url"].removeprefix(f"https://{target.domain}").partition("?")
    hit = {"site": target.public_id, "p": path, "q": f"?{query}", "r": event.get("referrer", ""), "t": quote(path)}
    return "GET", f"/count?{urlencode(hit)}", None
