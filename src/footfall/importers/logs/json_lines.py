"""Logs of one JSON object a line: which keys hold which field, first match wins."""

from typing import Any

import msgspec

from footfall.importers.logs.fields import Fields

Keys = dict[str, tuple[str, ...]]
"""Per field the places it may stand, dots leading inwards."""

CADDY: Keys = {
    "datetime": ("ts",),
    "remote_addr": ("request.client_ip", "request.remote_ip", "request.remote_addr"),
    "method": ("request.method",),
    "host": ("request.host",),
    "url": ("request.uri",),
    "status": ("status",),
    "referrer": ("request.headers.Referer.0",),
    "user_agent": ("request.headers.User-Agent.0",),
    "content_type": ("resp_headers.Content-Type.0",),
}
NGINX_JSON: Keys = {
    "datetime": ("msec", "time_iso8601", "time_local", "time"),
    "xff": ("http_x_forwarded_for",),
    "remote_addr": ("remote_addr",),
    "method": ("request_method",),
    "host": ("host", "server_name"),
    "url": ("request_uri",),
    "request": ("request",),
    "status": ("status",),
    "referrer": ("http_referer", "http_referrer"),
    "user_agent": ("http_user_agent",),
    "content_type": ("sent_http_content_type",),
}


class JsonLine:
    """Reads the fields of a line by a table of keys."""

    def __init__(self, keys: Keys) -> None:
        self._paths = {field: tuple(key.split(".") for key in places) for field, places in keys.items()}

    def __call__(self, line: str) -> Fields | None:
        """The fields of ``line``, empty where missing, or None where it is not an object."""
        try:
            document = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeEncodeError):
            return None
        if not isinstance(document, dict):
            return None
        return {field: _first(document, paths) for field, paths in self._paths.items()}


def _first(document: Any, paths: tuple[list[str], ...]) -> str:
    return next((text for path in paths if (text := _text(_walk(document, path)))), "")


def _walk(value: Any, path: list[str]) -> Any:
    for key in path:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit():
            value = value[int(key)] if int(key) < len(value) else None
        else:
            return None
    return value


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:f}"
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
