"""How figures read: short where many stand together, exact on hover and in tables, and as their reader writes them."""

import re
from collections.abc import Callable, Iterable

from markupsafe import Markup

from footfall.query.revenue import Money
from footfall.reports.figures import Unit
from footfall.reports.short_count import short_count
from footfall.texts import Phrase, reader

NO_FIGURE = "–"
# Letters and percent signs, with the dot of an abbreviation: 1,2 Tsd.
_UNITS = re.compile(r"(\u00a0?(?:[^\W\d_]+\.?|%))")

_SECONDS, _MINUTES, _HOURS = Phrase("{seconds}s"), Phrase("{minutes}m {seconds}s"), Phrase("{hours}h {minutes}m")
_POINTS = Phrase("{change} pts")


def short(value: float | None, unit: Unit = Unit.COUNT, digits: int = 0) -> str:
    """A figure that needs little room, such as 27.7k, 43% or 2m 05s; a dash where there is none.

    A share has ``digits`` after the decimal sign, or as many as it needs if those are more.
    """
    return NO_FIGURE if value is None else _percent(value, digits) if unit is Unit.PERCENT else _SHORT[unit](value)


def exact(value: float | None, unit: Unit = Unit.COUNT, digits: int = 0) -> str:
    """A figure with all its digits, such as 27,742; of shares as ``short`` has them."""
    return NO_FIGURE if value is None else _percent(value, digits) if unit is Unit.PERCENT else _EXACT[unit](value)


def digits_of(column: Iterable[float | None]) -> int:
    """The most digits after the decimal sign that a share of a column needs: so many have all, and line up."""
    return max((_digits(value) for value in column if value is not None), default=0)


def with_small_units(written: str) -> Markup:
    """The same figure, its units marked so that they can stand smaller than its digits."""
    parts = (
        Markup("<small>{}</small>").format(part) if _UNITS.match(part) else Markup("{}").format(part)
        for part in _UNITS.split(written)
        if part
    )
    return Markup("").join(parts)


def signed(change: float | None, unit: Unit) -> str:
    """A change with its sign: percent for counts, points for rates."""
    if change is None:
        return NO_FIGURE
    sign = "+" if change > 0 else "−" if change < 0 else ""
    written = sign + reader().numbers.whole(abs(change))
    return _filled_in(_POINTS, change=written) if unit is Unit.PERCENT else reader().numbers.percent(written)


def percent(value: float | None) -> str:
    """A share to one digit, such as 4.0%."""
    return NO_FIGURE if value is None else reader().numbers.percent(reader().numbers.fixed(value, 1))


def _count(value: float) -> str:
    return reader().numbers.whole(value)


def _short_count(value: float) -> str:
    return _compact(value, "")


def _compact(value: float, currency: str) -> str:
    written = short_count(value, reader())
    return reader().numbers.money(written, currency) if currency else written


def _filled_in(pattern: Phrase, **values: str) -> str:
    """A pattern of the catalogue in the reader's language; its values are written already."""
    return reader().one(pattern.message).format_map(values)


def _duration(value: float) -> str:
    seconds = round(value)
    if seconds < 60:
        return _filled_in(_SECONDS, seconds=str(seconds))
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return _filled_in(_MINUTES, minutes=str(minutes), seconds=f"{seconds:02}")
    hours, minutes = divmod(minutes, 60)
    return _filled_in(_HOURS, hours=str(hours), minutes=f"{minutes:02}")


def _percent(value: float, digits: int) -> str:
    return reader().numbers.percent(reader().numbers.plain(value, max(digits, _digits(value))))


def _digits(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])


def _ratio(value: float) -> str:
    return reader().numbers.fixed(value, 2)


def _short_money(value: float) -> str:
    """An amount rounded for a narrow place, or plain where no currency is told."""
    if not isinstance(value, Money):
        return _ratio(value)
    return ("−" if value < 0 else "") + _compact(abs(float(value)), value.currency)


def _money(value: float) -> str:
    """An amount to the cent."""
    if not isinstance(value, Money):
        return _ratio(value)
    numbers = reader().numbers
    digits = numbers.fixed(abs(float(value)), numbers.cents(value.currency))
    return numbers.money(digits, value.currency, is_negative=value < 0)


Written = Callable[[float], str]
_SHORT: dict[Unit, Written] = {
    Unit.COUNT: _short_count,
    Unit.MONEY: _short_money,
    Unit.RATIO: _ratio,
    Unit.SECONDS: _duration,
}
_EXACT: dict[Unit, Written] = _SHORT | {Unit.COUNT: _count, Unit.MONEY: _money}
