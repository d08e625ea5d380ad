"""What the form of a site's own host shows: where it leads, and when it was last asked for."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request

from footfall.collect.custom_domain import PREFIX, Seen
from footfall.domain import Site
from footfall.sites import script_snippet
from footfall.sites.custom_domain import ORDINARY_INTAKE, intake_path, script_path
from footfall.texts import Phrase
from footfall.web.addresses import public_address
from footfall.web.pages.settings_page import Reader


def custom_domain_reader(seen: Mapping[int, Seen], base_url: str) -> Reader:
    """Bring what the template shows; nothing is asked of a host that an owner names, only what it has asked for."""

    def read(request: Request, site: Site) -> Mapping[str, Any]:
        base = base_url or public_address(request)
        return {
            "own_snippet": script_snippet(base, site),
            "own_paths": (script_path(site), intake_path(site)),
            "below": f"{base.rstrip('/')}{PREFIX}{site.public_id}",
            "target": urlsplit(base).hostname,
            "own_intake": ORDINARY_INTAKE,
            "last_seen": [(what, _moment(ms)) for what, ms in _asked(seen.get(site.id, Seen()))],
        }

    return read


def _asked(seen: Seen) -> tuple[tuple[str, int], ...]:
    return ((Phrase("Script"), seen.script_ms), (Phrase("Event"), seen.event_ms))


def _moment(moment_ms: int) -> datetime | None:
    return datetime.fromtimestamp(moment_ms / 1000, UTC) if moment_ms else None
