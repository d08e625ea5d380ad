"""The typed form of `world.toml`."""

from importlib import resources

import msgspec


class Volume(msgspec.Struct, frozen=True):
    """How many visits there are, and when."""

    visits_per_day: int
    first_day_share: float
    noise: float
    returning: float
    weekdays: list[float]
    hours: list[float]
    weekend_hours: list[float]


class Spike(msgspec.Struct, frozen=True):
    """A few days on which one source brings very many."""

    weeks_before_end: int
    weekday: int
    source: str
    shape: list[float]


class QuietWeekend(msgspec.Struct, frozen=True):
    """A weekend on which hardly anyone came."""

    weeks_before_end: int
    share: float


class Place(msgspec.Struct, frozen=True):
    """A country, or a part of one, with its cities as (region, city, weight)."""

    country: str
    timezone: str
    language: str
    weight: float
    cities: list[tuple[str, str, float]]


class Device(msgspec.Struct, frozen=True):
    """One kind of device with one browser."""

    device: str
    os: str
    os_versions: list[str]
    browser: str
    browser_versions: list[str]
    widths: list[int]
    weight: float
    user_agent: str


class Burst(msgspec.Struct, frozen=True):
    """Days on which a source brings more, again and again."""

    every_days: int
    lasts_days: int
    factor: float


class Source(msgspec.Struct, frozen=True):
    """Where visits come from and which pages they enter on; `bounce` is the share that sees nothing else."""

    name: str
    weight: float
    bounce: float
    entries: dict[str, float]
    referrer: str | None = None
    query: str = ""
    burst: Burst | None = None


class Page(msgspec.Struct, frozen=True):
    """A page: mean seconds on it, mean scroll depth, and where people go next, an empty path meaning away."""

    path: str
    seconds: float
    scroll: float
    next: dict[str, float]


class Action(msgspec.Struct, frozen=True):
    """A custom event on a page, with its chance."""

    page: str
    name: str
    chance: float
    props: dict[str, list[str]] = {}
    revenue: list[str] = []
    interactive: bool = True


class World(msgspec.Struct, frozen=True):
    """Everything the demo draws from."""

    volume: Volume
    spike: Spike
    quiet_weekend: QuietWeekend
    places: list[Place]
    devices: list[Device]
    sources: list[Source]
    pages: list[Page]
    actions: list[Action]


def load_world() -> World:
    """Read the tables that come with the package."""
    text = resources.files(__package__).joinpath("world.toml").read_bytes()
    return msgspec.toml.decode(text, type=World)
