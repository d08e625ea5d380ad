"""The table of log formats. A new one is a row: how a line is read, and how its times are written."""

from collections.abc import Callable
from dataclasses import dataclass

from footfall.errors import InvalidInput
from footfall.importers.logs.fields import Clock, Fields
from footfall.importers.logs.json_lines import CADDY, NGINX_JSON, JsonLine
from footfall.importers.logs.template import Template
from footfall.importers.logs.times import APACHE_TIME

TEMPLATE_PREFIX = "log:"

_COMMON = '$remote_addr $ignore [$datetime] "$method $path $http" $status $size'
_COMBINED = f'{_COMMON} "$referrer" "$user_agent"'
_BUNNY = "$ignore|$status|$datetime|$size|$ignore|$remote_addr|$referrer|$url|$ignore|$user_agent|$ignore|$ignore"


@dataclass(frozen=True)
class LogFormat:
    """How the lines of a log are read: into fields, and their times by a clock."""

    read: Callable[[str], Fields | None]
    clock: Clock


@dataclass(frozen=True)
class FormatRow:
    """One known format: what it is, its reader, and the layout of its times."""

    about: str
    read: Callable[[str], Fields | None]
    datetime: str = APACHE_TIME


FORMATS: dict[str, FormatRow] = {
    "combined": FormatRow("Apache and nginx combined", Template(_COMBINED)),
    "combined-vhost": FormatRow("combined with the host in front", Template(_COMBINED, has_leading_host=True)),
    "common": FormatRow("common log format, without referrer and user agent", Template(_COMMON)),
    "common-vhost": FormatRow("common with the host in front", Template(_COMMON, has_leading_host=True)),
    "bunny": FormatRow("Bunny CDN", Template(_BUNNY), "unix_milli"),
    "bunny-extended": FormatRow("Bunny CDN, extended", Template(_BUNNY), "unix_milli"),
    "caddy": FormatRow("Caddy's JSON access log", JsonLine(CADDY), "guess"),
    "nginx-json": FormatRow("nginx writing JSON, keys named as its variables", JsonLine(NGINX_JSON), "guess"),
}


def find_format(name: str, *, datetime: str = "", date: str = "", time: str = "") -> LogFormat:
    """The format called ``name``, or the own template after `log:`; layouts given win over the format's own.

    Raises InvalidInput for an unknown name or a template that cannot be read.
    """
    if name.startswith(TEMPLATE_PREFIX):
        layout = datetime or APACHE_TIME
        return LogFormat(Template(name.removeprefix(TEMPLATE_PREFIX)), Clock(datetime=layout, date=date, time=time))
    row = FORMATS.get(name)
    if row is None:
        known = ", ".join([*FORMATS, f"{TEMPLATE_PREFIX}TEMPLATE"])
        raise InvalidInput(f"There is no log format {name!r}; use one of {known}.", field="format")
    return LogFormat(row.read, Clock(datetime=datetime or row.datetime, date=date, time=time))
