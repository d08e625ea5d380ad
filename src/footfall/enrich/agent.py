"""What a page was read with: browser, system and device class, from the user agent and client hints.

The families come from the package ua-parser; our table gives them the names that reports show.
"""

import re
from bisect import bisect_right
from functools import cache, lru_cache

import msgspec
from ua_parser import OS, Domain, UserAgent, load_lazy_builtins
from ua_parser.regex import Resolver

from footfall.enrich.client_hints import ClientHints
from footfall.enrich.tables import load_table

_AGENT_LENGTH = 1024
_VERSION = re.compile(r"\d+(?:\.\d+)?")
_MOST_COMMON, _ANY_LINUX = "Chrome", "GNU/Linux"
MOBILE, TABLET, LAPTOP, DESKTOP = "Mobile", "Tablet", "Laptop", "Desktop"
_WIDTHS = (576, 992, 1440)
_DEVICES = (MOBILE, TABLET, LAPTOP, DESKTOP)
"""The class below each width, and that from the last one on."""


class Agent(msgspec.Struct, frozen=True, gc=False):
    """What a page was read with; empty text means unknown. Versions are ``major.minor``."""

    browser: str = ""
    browser_version: str = ""
    os: str = ""
    os_version: str = ""
    device: str = DESKTOP  # Desktop, Tablet, Mobile, TV, Console or Wearable


NO_AGENT = Agent()


@lru_cache(maxsize=16_384)
def parse_agent(user_agent: str, hints: ClientHints | None = None) -> Agent:
    """The agent behind a user agent; hints win where they tell more."""
    text = user_agent[:_AGENT_LENGTH].encode("utf-8", "replace").decode()
    parsed = _resolver()(text, Domain.USER_AGENT | Domain.OS)
    agent = Agent(
        browser=browser_name(parsed.user_agent.family) if parsed.user_agent else "",
        browser_version=_version_of(parsed.user_agent),
        os=system_name(parsed.os.family) if parsed.os else "",
        os_version=_version_of(parsed.os),
        device=_device_class(text),
    )
    return _with_hints(agent, hints) if hints else agent


def device_of(agent: Agent, screen_width: int) -> str:
    """The device class; the width of the screen in CSS pixels tells desktop systems apart (0 for unknown)."""
    if agent.device != DESKTOP or screen_width <= 0:
        return agent.device
    return _DEVICES[bisect_right(_WIDTHS, screen_width)]


def browser_name(family: str) -> str:
    """The name reports show for a browser family of the parser."""
    return str(load_table("agents")["browsers"].get(family, family))


def system_name(family: str) -> str:
    """The name reports show for a system family of the parser."""
    return str(load_table("agents")["systems"].get(family, family))


def _with_hints(agent: Agent, hints: ClientHints) -> Agent:
    browser, browser_version = _hinted_browser(agent, hints)
    system, system_version = _hinted_system(agent, hints)
    device = MOBILE if hints.is_mobile and agent.device == DESKTOP else agent.device
    return Agent(browser, browser_version, system, system_version, device)


def _hinted_browser(agent: Agent, hints: ClientHints) -> tuple[str, str]:
    """Apps and browsers that name themselves only in the user agent keep that name."""
    names = load_table("agents")["hinted_browsers"]
    brand, version = next(((brand, version) for brand, version in hints.brands_by_rank() if brand in names), ("", ""))
    name = names.get(brand, "")
    if not name or (name == _MOST_COMMON and agent.browser not in {"", _MOST_COMMON}):
        return agent.browser, agent.browser_version
    return name, _short(version) or agent.browser_version


def _hinted_system(agent: Agent, hints: ClientHints) -> tuple[str, str]:
    """The hint says GNU/Linux of every distribution; the user agent may know which."""
    name = load_table("agents")["hinted_systems"].get(hints.system, "")
    if not name or (name == _ANY_LINUX and agent.os):
        return agent.os, agent.os_version
    if name != agent.os:
        return name, _short(hints.system_version, minor="")
    return name, _short(hints.system_version, minor="") or agent.os_version


def _version_of(part: UserAgent | OS | None) -> str:
    if not part or not part.major:
        return ""
    return f"{part.major}.{part.minor}" if part.minor else part.major


def _short(version: str, minor: str = ".0") -> str:
    """``120.0.6099.71`` → ``120.0``; ``120`` → ``120.0``, as user agents have it, unless ``minor`` is empty."""
    found = _VERSION.match(version)
    if not found:
        return ""
    return found[0] if "." in found[0] else f"{found[0]}{minor}"


def _device_class(text: str) -> str:
    return next((device for device, sign in _device_signs() if sign.search(text)), DESKTOP)


@cache
def _device_signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(sign, re.IGNORECASE)) for name, sign in load_table("agents")["devices"].items())


@cache
def _resolver() -> Resolver:
    browsers, systems, _ = load_lazy_builtins()
    return Resolver((browsers, systems, []))  # models of devices are not asked for, and their patterns take 15 MB
