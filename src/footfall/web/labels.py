"""What a dimension's values are called on screen, and what stands before the name."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple
from zlib import crc32

from footfall.enrich.source import find_tagged_source
from footfall.query import FOLDED
from footfall.query.dimensions import NO_PROPERTY, NO_SOURCE, NOT_SET
from footfall.reports.dimensions import PROPERTY
from footfall.texts import Phrase, reader
from footfall.web.places import country_name, flag
from footfall.web.regions import region_name

_HUES = 8


class Label(NamedTuple):
    """The words, and before them a flag, an icon, or a letter; both of them may have one of a few hues.

    ``frame`` is what is drawn around a letter: a `window`, a `key`.
    """

    text: str
    flag: str = ""
    icon: str = ""
    letter: str = ""
    hue: int | None = None
    frame: str = ""


def label(dimension: str, value: str) -> Label:
    """What ``value`` of the dimension of this key is called; `tab` and `crawler` are rows that lead elsewhere."""
    if value in _BLANKS:
        icon = "" if value == FOLDED else _BLANK_ICONS.get(dimension, "")
        return Label(_BLANKS[value], icon=icon)
    return _LABELS.get(dimension, Label)(value)


def names_of_values(dimension: str) -> Callable[[str], str] | None:
    """What finds the name of a value in the reader's words, where values are codes, words of ours, or few."""
    if dimension not in _NAMED:
        return None
    return lambda value: reader().of(label(dimension, value).text)


def _country(code: str) -> Label:
    return Label(country_name(code), flag(code))


def _region(code: str) -> Label:
    return Label(region_name(code), flag(code.partition("-")[0]))


def _lettered(name: str, frame: str = "") -> Label:
    """A monogram in a hue of its own: the marks of other companies are not ours to draw."""
    letter = next((one for one in name if one.isalnum()), "")
    return Label(name, letter=letter.upper(), hue=_hue(name), frame=frame)


def _source(name: str) -> Label:
    """A drawing of what kind of source it is, if that is known."""
    known = find_tagged_source(name)
    return Label(name, icon=f"of-{known.category}", hue=_hue(name)) if known else _lettered(name)


def _hue(name: str) -> int:
    return crc32(name.encode()) % _HUES


def _device(name: str) -> Label:
    return Label(_DEVICE_NAMES.get(name, name), icon=_DEVICE_ICONS.get(name.lower(), "unknown"))


def _language(tag: str) -> Label:
    return Label(reader().tongue(tag))


def _channel(name: str) -> Label:
    return Label(_CHANNEL_NAMES.get(name, name))


def _property(key: str) -> Label:
    return Label(key.removeprefix(PROPERTY))


_BLANKS = {
    NOT_SET: Phrase("Unknown"),
    NO_SOURCE: Phrase("Direct"),
    NO_PROPERTY: Phrase("Not told"),
    FOLDED: Phrase("Other, fewer than 5 each"),
}
_CHANNEL_NAMES: dict[str, Phrase] = {
    str(name): name
    for name in (
        Phrase("Cross-network"),
        Phrase("Paid Shopping"),
        Phrase("Paid Search"),
        Phrase("Paid Social"),
        Phrase("Paid Video"),
        Phrase("Display"),
        Phrase("Paid Other"),
        Phrase("Organic Shopping"),
        Phrase("Organic Social"),
        Phrase("Organic Video"),
        Phrase("AI Assistants"),
        Phrase("Organic Search"),
        Phrase("Email"),
        Phrase("Affiliates"),
        Phrase("Audio"),
        Phrase("SMS"),
        Phrase("Mobile Push Notifications"),
        Phrase("Referral"),
        Phrase("Direct"),
    )
}
_DEVICE_NAMES: dict[str, Phrase] = {
    "Desktop": Phrase("Desktop"),
    "Laptop": Phrase("Laptop"),
    "Mobile": Phrase("Mobile"),
    "Tablet": Phrase("Tablet"),
}
_NAMED = frozenset({"country", "region", "language", "channel", "device", "goal"})
_BLANK_ICONS = {"source": "direct", **dict.fromkeys(("country", "device", "browser", "os"), "unknown")}
_DEVICE_ICONS = {"desktop": "desktop", "laptop": "desktop", "mobile": "mobile", "tablet": "tablet"}
_LABELS: dict[str, Callable[[str], Label]] = {
    "country": _country,
    "region": _region,
    "language": _language,
    "channel": _channel,
    "source": _source,
    "browser": partial(_lettered, frame="window"),
    "os": partial(_lettered, frame="key"),
    "crawler": lambda name: Label(name, icon="crawler", hue=_hue(name)),
    "device": _device,
    "tab": _property,
}
