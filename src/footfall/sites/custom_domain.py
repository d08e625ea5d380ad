"""A host of the site's own for its script and intake: which may be chosen, and under which paths they stand there."""

import re
from collections.abc import Callable, Set
from urllib.parse import urlsplit

from footfall.domain import Site
from footfall.enrich.host import clean_hostname, host_suffixes
from footfall.errors import InvalidInput
from footfall.sites.domain_name import normalise_host
from footfall.texts import Phrase

ORDINARY_INTAKE = "/api/v1/event"
_MOST_CHARACTERS = 100
_PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")


def checked_custom_domain(text: str) -> str:
    """The host as it is kept, empty for none; raises InvalidInput for what is no host name with a dot."""
    if not text.strip():
        return ""
    host = normalise_host(text, field="custom_domain")
    if "." not in host or re.fullmatch(r"[0-9.]+", host):
        raise InvalidInput("Enter a host name, such as stats.example.com.", field="custom_domain")
    return host


def checked_path(field: str) -> Callable[[str], str]:
    """Make the check of a path of script or intake; empty: the ordinary one."""

    def check(text: str) -> str:
        path = text.strip()
        if path and not (len(path) <= _MOST_CHARACTERS and _PATH.fullmatch(path)):
            raise InvalidInput(
                Phrase(
                    "Enter a path such as /numbers/look.js: letters, digits, . _ ~ -, at most {most}.",
                    most=_MOST_CHARACTERS,
                ),
                field=field,
            )
        return path

    return check


def require_own_host(site: Site, others: Set[str], base_url: str) -> None:
    """Refuse a custom domain that is not this site's to give away, or that would hide the pages of the install.

    It is the site's own domain or a name below it, and below that of no other site: whoever counts there first cannot
    lose its script to somebody who claims the name. ``others`` are the domains of all other sites.
    """
    if site.script_path and site.script_path == site.intake_path:
        raise InvalidInput("Script and intake cannot have the same path; change one of them.", field="intake_path")
    if not site.custom_domain:
        return
    own = urlsplit(base_url).hostname
    if own is None:
        raise InvalidInput(
            "Set FOOTFALL_BASE_URL first: without it any host might be that of these pages.", field="custom_domain"
        )
    if clean_hostname(site.custom_domain) == clean_hostname(own):
        raise InvalidInput("These pages are at this host; choose another.", field="custom_domain")
    names = host_suffixes(clean_hostname(site.custom_domain))
    if next((name for name in names if name == site.domain or name in others), "") != site.domain:
        text = Phrase("Choose {site} or a name below it, such as stats.{site}.", site=site.domain)
        raise InvalidInput(text, field="custom_domain")


def script_path(site: Site) -> str:
    """Where its script stands on its own host."""
    return site.script_path or f"/js/{site.public_id}.js"


def intake_path(site: Site) -> str:
    """Where its events go to on its own host."""
    return site.intake_path or ORDINARY_INTAKE
