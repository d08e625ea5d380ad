"""Builds everything and hands each room what it needs; the only place that may import all of them.

Names are loaded when they are asked for: a command that speaks to a running server needs nothing of what serves.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from footfall.app.awaiting import await_database
    from footfall.app.install import Install
    from footfall.app.lock import running_server
    from footfall.app.opening import open_install
    from footfall.app.server import serve
    from footfall.app.web import web_app

__all__ = ["Install", "await_database", "open_install", "running_server", "serve", "web_app"]

_FOUND_IN = {
    "Install": "install",
    "await_database": "awaiting",
    "open_install": "opening",
    "running_server": "lock",
    "serve": "server",
    "web_app": "web",
}


def __getattr__(name: str) -> Any:
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
