"""People who do not exist, made up so that every trace of them can be told: for the scan of a live install."""

import secrets
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import Any, NamedTuple

from footfall.privacy.needles import Needle

_DOCUMENTATION_V4 = [int(IPv4Address(each)) for each in ("192.0.2.0", "198.51.100.0", "203.0.113.0")]
_DOCUMENTATION_V6 = int(IPv6Address("2001:db8::"))


class Canary(NamedTuple):
    """Someone to be looked for; ``build`` is the part of the agent that nobody shares."""

    address: str
    build: str
    email: str
    token: str

    @property
    def agent(self) -> str:
        """A user agent such as browsers send."""
        return f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{self.build}"

    def needles(self) -> Iterator[Needle]:
        """What must not be found of this person."""
        yield Needle("address", self.address)
        yield Needle("agent", self.build)
        yield Needle("e-mail", self.email)
        yield Needle("token", self.token)


class BrowserRequest(NamedTuple):
    """What a browser would send to the native door."""

    body: dict[str, Any]
    headers: dict[str, str]


def canaries(count: int) -> list[Canary]:
    """Made-up people, from addresses set aside for documentation."""
    return [canary(address) for address in random_addresses(count)]


def random_addresses(count: int) -> list[str]:
    """Different documentation addresses, half of them IPv4."""
    chance = secrets.SystemRandom()
    old = chance.sample([network + host for network in _DOCUMENTATION_V4 for host in range(1, 255)], -(-count // 2))
    new = [_DOCUMENTATION_V6 | secrets.randbits(96) for _ in range(count // 2)]
    return [*(str(IPv4Address(number)) for number in old), *(str(IPv6Address(number)) for number in new)]


def browser_requests(people: Sequence[Canary], public_id: str, domain: str) -> Iterator[BrowserRequest]:
    """Two views and an event of each, with what names them in every place where pages put such things."""
    for person in people:
        headers = {"User-Agent": person.agent, "X-Forwarded-For": person.address, "Referer": f"https://{domain}/"}
        for event in events_of(person, domain):
            yield BrowserRequest({"site": public_id, **event}, headers)


def keyed_events(people: Sequence[Canary], domain: str) -> list[dict[str, Any]]:
    """The same as a server would send them, on behalf of its visitors."""
    return [
        {**event, "ip": person.address, "user_agent": person.agent}
        for person in people
        for event in events_of(person, domain)
    ]


def canary(address: str) -> Canary:
    """Someone new at this address."""
    build = f"131.0.{6_000 + secrets.randbelow(3_000)}.{1_000 + secrets.randbelow(9_000)}"
    email = f"{secrets.token_hex(5)}.{secrets.token_hex(3)}@{secrets.token_hex(4)}.example"
    return Canary(address, build, email, secrets.token_hex(20))


def events_of(person: Canary, domain: str) -> Iterator[dict[str, Any]]:
    """Two views and an event, as a tracker words them."""
    page, query = f"https://{domain}", f"email={person.email}&token={person.token}&gclid={person.token}"
    yield {"name": "pageview", "url": f"{page}/welcome/{person.email}?{query}&utm_content={person.email}"}
    yield {
        "name": "pageview",
        "url": f"{page}/reset/{person.token}?{query}&utm_campaign={person.token}",
        "referrer": f"https://mail.example/inbox/{person.email}/{person.token}?{query}",
    }
    props = {"plan": "small", "contact": f"write to {person.email}", "reset": f"{page}/reset/{person.token}?{query}"}
    yield {"name": f"Signup {person.email}", "url": f"{page}/done?{query}#{person.token}", "props": props}
