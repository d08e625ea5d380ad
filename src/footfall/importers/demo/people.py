"""The people of the demo: where they are, what they browse with, and whether they come back.

Addresses are those set aside for documentation (RFC 5737, RFC 3849): they belong to nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from ipaddress import IPv6Address
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from footfall.importers.demo.chance import Weighted
from footfall.importers.demo.world import Device, Place, World

_REMEMBERED = 30_000
_IPV4_SHARE = 0.4
_IPV4_NETS = ("203.0.113", "198.51.100", "192.0.2")
_IPV6_NET = int(IPv6Address("2001:db8::"))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: the fields all their events share, and their time zone."""

    fields: dict[str, Any]
    timezone: str

    def offset_ms(self, day: date) -> int:
        """How far ahead of UTC the person's clock is at noon."""
        return _offset_ms(self.timezone, day)


class People:
    """Draws who visits: someone new, or someone seen before, most likely lately."""

    def __init__(self, world: World) -> None:
        self._returning = world.volume.returning
        self._places = Weighted(((place, _cities(place)), place.weight) for place in world.places)
        self._devices = Weighted((device, device.weight) for device in world.devices)
        self._known: list[Person] = []

    def draw(self, random: Random) -> tuple[Person, bool]:
        """A person, and whether they were here before."""
        if self._known and random.random() < self._returning:
            return self._known[-1 - int(len(self._known) * random.random() ** 2)], True
        person = self._new(random)
        if len(self._known) >= _REMEMBERED:
            del self._known[: _REMEMBERED // 10]
        self._known.append(person)
        return person, False

    def _new(self, random: Random) -> Person:
        place, cities = self._places.draw(random)
        region, city = cities.draw(random)
        fields = {
            "ip": _address(random),
            "country": place.country,
            "region": region,
            "city": city,
            "language": place.language,
            "timezone": place.timezone,
            **_device_fields(self._devices.draw(random), random),
        }
        return Person(fields, place.timezone)


def _cities(place: Place) -> Weighted[tuple[str, str]]:
    return Weighted(((region, city), weight) for region, city, weight in place.cities)


def _device_fields(device: Device, random: Random) -> dict[str, Any]:
    os_version, browser_version = random.choice(device.os_versions), random.choice(device.browser_versions)
    return {
        "user_agent": device.user_agent.format(
            os=os_version, os_=os_version.replace(".", "_"), browser=browser_version
        ),
        "device": device.device,
        "os": device.os,
        "os_version": os_version,
        "browser": device.browser,
        "browser_version": browser_version,
        "screen_width": random.choice(device.widths),
    }


def _address(random: Random) -> str:
    if random.random() < _IPV4_SHARE:
        return f"{random.choice(_IPV4_NETS)}.{random.randrange(1, 255)}"
    return str(IPv6Address(_IPV6_NET + random.getrandbits(96)))


@lru_cache(maxsize=4096)
def _offset_ms(timezone: str, day: date) -> int:
    offset = datetime.combine(day, time(12), ZoneInfo(timezone)).utcoffset()
    assert offset is not None  # noqa: S101 - an aware moment has one
    return int(offset.total_seconds() * 1000)
