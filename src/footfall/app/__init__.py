"""Builds everything and hands each room what it needs; the only place that may import all of them."""

from footfall.app.awaiting import await_database
from footfall.app.install import Install, open_install
from footfall.app.lock import running_server
from footfall.app.server import serve
from footfall.app.web import web_app

__all__ = ["Install", "await_database", "open_install", "running_server", "serve", "web_app"]
