"""How figures read: short where many stand together, exact on hover and in tables."""

import re
from collections.abc import Callable

from markupsafe import Markup

from footfall.query.revenue import Money
from footfall.reports.figures import Unit
from footfall.reports.short_count import short_count

NO_FIGURE = "–"
_UNITS = re.compile(r"([A-Za-z%]+)")


def short(value: float | None, unit: Unit = Unit.COUNT) -> str:
    """A figure in at most five characters, such as 27.7k, 43% or 2m 05s; a dash where there is none."""
    return NO_FIGURE if value is None else _SHORT[unit](value)


def exact(value: float | None, unit: Unit = Unit.COUNT) -> str:
    """A figure with all its digits, such as 27,742."""
    return NO_FIGURE if value is None else _EXACT[unit](value)


def with_small_units(text: str) -> Markup:
    """The same figure, its units marked so that they can stand smaller than its digits."""
    parts = (
        Markup("<small>{}</small>").format(part) if _UNITS.match(part) else Markup("{}").format(part)
        for part in _UNITS.split(text)
        if part
    )
    return Markup("").join(parts)


def signed(change: float | None, unit: Unit) -> str:
    """A change with its sign: percent for counts, points for rates."""
    if change is None:
        return NO_FIGURE
    sign = "+" if change > 0 else "−" if change < 0 else ""
    suffix = " pts" if unit is Unit.PERCENT else "%"
    return f"{sign}{abs(change):,.0f}{suffix}"


def _duration(value: float) -> str:
    seconds = round(value)
    if seconds < 60:
        return f"{seconds}s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}m {seconds:02}s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h {minutes:02}m"


def _percent(value: float) -> str:
    return f"{value:g}%"


def _ratio(value: float) -> str:
    return f"{value:,.2f}"


def _money(written: str) -> Callable[[float], str]:
    """An amount with its currency, or plain where there is none to tell."""
    return lambda value: str(value.as_json()[written]) if isinstance(value, Money) else f"{value:,.2f}"


_SHORT = {
    Unit.COUNT: short_count,
    Unit.MONEY: _money("short"),
    Unit.PERCENT: _percent,
    Unit.RATIO: _ratio,
    Unit.SECONDS: _duration,
}
_EXACT = _SHORT | {Unit.COUNT: lambda value: f"{value:,.0f}", Unit.MONEY: _money("long")}
