"""Periods of the v1 API, each seen from a date: which local days they mean, and the buckets they are shown in."""

from collections.abc import Callable
from datetime import date, timedelta

from footfall.errors import InvalidInput

Days = tuple[date, date]

_DAY = timedelta(days=1)
_INTERVALS = {"date": "day", "day": "day", "month": "month"}  # `date` is the older name
_BY_HOUR = ("day",)
_BY_MONTH = ("6mo", "12mo")
_CUSTOM = "custom"


def days_of(period: str, asked_date: str | None, today: date) -> Days:
    """First and last day of a period as seen from ``asked_date``, or from today; raises InvalidInput.

    Months count whole: without a date those before the current one, with a date up to the one it falls into.
    """
    if period == _CUSTOM:
        return _custom(asked_date)
    days = _PERIODS.get(period)
    if days is None:
        raise InvalidInput(f"Error parsing `period` parameter: invalid period `{period}`.", field="period")
    if asked_date is None:
        return days(_last_of_previous_month(today)) if period in _BY_MONTH else days(today)
    return days(_single(asked_date))


def interval_of(interval: str | None, period: str) -> str:
    """The unit of time a series is in; raises InvalidInput."""
    if interval is None:
        return "hour" if period in _BY_HOUR else "month" if period in _BY_MONTH else "day"
    unit = _INTERVALS.get(interval)
    if unit is None:
        text = f"Error parsing `interval` parameter: invalid interval `{interval}`. Valid intervals are `day`, `month`"
        raise InvalidInput(text, field="interval")
    return unit


def _days_before(count: int) -> Callable[[date], Days]:
    return lambda day: (day - count * _DAY, day - _DAY)


def _months_with(count: int) -> Callable[[date], Days]:
    """So many calendar months, the last of them the one the day falls into."""

    def days(day: date) -> Days:
        years, index = divmod(day.year * 12 + day.month - count, 12)
        return date(years, index + 1, 1), _end_of_month(day)

    return days


_PERIODS: dict[str, Callable[[date], Days]] = {
    "day": lambda day: (day, day),
    "7d": _days_before(7),
    "30d": _days_before(30),
    "month": _months_with(1),
    "6mo": _months_with(6),
    "12mo": _months_with(12),
}


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def _last_of_previous_month(day: date) -> date:
    return day.replace(day=1) - _DAY


def _custom(text: str | None) -> Days:
    if text is None:
        raise InvalidInput("The `date` parameter is required when using a custom period.", field="date")
    try:
        first, last = (_parsed(part.strip()) for part in text.split(","))
    except ValueError:
        raise InvalidInput(
            "Invalid format for `date` parameter. When using a custom period, please include two ISO-8601 formatted"
            " dates joined by a comma.",
            field="date",
        ) from None
    return first, last


def _single(text: str) -> date:
    try:
        return _parsed(text)
    except ValueError:
        raise InvalidInput(
            "Error parsing `date` parameter: invalid_format. Please specify a valid date in ISO-8601 format.",
            field="date",
        ) from None


def _parsed(text: str) -> date:
    """A date within the years the query room knows; raises ValueError."""
    parsed = date.fromisoformat(text)
    if not 1971 <= parsed.year <= 2099 or parsed.isoformat() != text:
        raise ValueError(text)
    return parsed
