"""The options of a site: how each is checked, in one table."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

import msgspec

from footfall.domain import IdentityMode, TrackerOptions, WeekStart
from footfall.errors import InvalidInput
from footfall.sites.custom_domain import checked_custom_domain, checked_path
from footfall.sites.domain_name import normalise_domain
from footfall.texts import Phrase

_MAX_LIST_LENGTH = 100
_MAX_PROPERTIES = 100
_MAX_PROPERTY_LENGTH = 300
_MAX_RETENTION_DAYS = 36_500
_MAX_MONTHLY_EVENTS = 1_000_000_000
_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/")
_COMMON_CURRENCIES = (
    "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NOK NZD PHP PLN RON SEK SGD THB TRY "
    "TWD UAH USD VND ZAR"
)


@lru_cache(1)
def timezones() -> tuple[str, ...]:
    """List the zones people choose from: UTC, then places by name."""
    places = sorted(zone for zone in _known_zones() if "/" in zone and not zone.startswith(_NOT_PLACES))
    return ("Etc/UTC", *places)


def currencies() -> tuple[str, ...]:
    """List the currencies people choose from; any other ISO 4217 code is accepted too."""
    return tuple(_COMMON_CURRENCIES.split())


def checked_options(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options as they are stored; raises InvalidInput, which names the wrong one."""
    unknown = given.keys() - _CHECKS.keys()
    if unknown:
        name = min(unknown)
        raise InvalidInput(f"A site has no option {name}.", field=name)
    return {name: _CHECKS[name](value) for name, value in given.items()}


@lru_cache(1)
def _known_zones() -> frozenset[str]:
    """Asked once: Python looks through its whole folder of zones each time, which takes 30 ms."""
    return frozenset(available_timezones())


def _timezone(value: str) -> str:
    if value not in _known_zones():
        raise InvalidInput("Choose a time zone of the IANA database, such as Europe/Tallinn.", field="timezone")
    return value


def checked_currency(value: str) -> str:
    """Return the code as it is stored; raises InvalidInput for what is no code."""
    code = value.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise InvalidInput("Enter a currency as three letters, such as EUR.", field="currency")
    return code


def _identity_mode(value: str) -> str:
    if value not in set(IdentityMode):
        raise InvalidInput(f"The identity mode is one of {', '.join(IdentityMode)}.", field="identity_mode")
    return str(value)


def _week_start(value: str) -> str:
    if value not in set(WeekStart):
        raise InvalidInput(f"Weeks start on {', '.join(WeekStart)}; name one of these days.", field="week_start")
    return str(value)


def _tracker(value: TrackerOptions) -> dict[str, bool]:
    return msgspec.structs.asdict(value)


def _hostnames(value: Iterable[str]) -> list[str]:
    # Kept in the spelling that events carry, which is that of a domain.
    hosts = [normalise_domain(name, field="allowed_hostnames") for name in value if name.strip()]
    return _bounded("allowed_hostnames", hosts)


def _query_parameters(value: Iterable[str]) -> list[str]:
    return _bounded("query_parameters", [name.strip() for name in value])


def _custom_properties(value: Iterable[str]) -> list[str]:
    names = [name.strip() for name in value]
    if any(not 0 < len(name) <= _MAX_PROPERTY_LENGTH for name in names):
        text = Phrase("Enter the property's name, at most {most} characters.", most=_MAX_PROPERTY_LENGTH)
        raise InvalidInput(text, field="custom_properties")
    return _bounded("custom_properties", names)


def _bounded(field: str, values: list[str]) -> list[str]:
    distinct = list(dict.fromkeys(value for value in values if value))
    if len(distinct) > _MAX_LIST_LENGTH:
        raise InvalidInput(Phrase("At most {most} can be given.", most=_MAX_LIST_LENGTH), field=field)
    return distinct


def _between(field: str, low: int, high: int) -> Callable[[int], int]:
    def check(value: int) -> int:
        if not low <= value <= high:
            raise InvalidInput(Phrase("Enter a number from {low} to {high}.", low=low, high=high), field=field)
        return value

    return check


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "domain": normalise_domain,
    "timezone": _timezone,
    "currency": checked_currency,
    "identity_mode": _identity_mode,
    "tracker": _tracker,
    "allowed_hostnames": _hostnames,
    "query_parameters": _query_parameters,
    "retention_days": _between("retention_days", 0, _MAX_RETENTION_DAYS),
    "properties_per_event": _between("properties_per_event", 0, _MAX_PROPERTIES),
    "monthly_events": _between("monthly_events", 0, _MAX_MONTHLY_EVENTS),
    "public_counter": bool,
    "public_dashboard": bool,
    "public_small_groups": bool,
    "public_cities": bool,
    "custom_properties": _custom_properties,
    "week_start": _week_start,
    "custom_domain": checked_custom_domain,
    "script_path": checked_path("script_path"),
    "intake_path": checked_path("intake_path"),
}
