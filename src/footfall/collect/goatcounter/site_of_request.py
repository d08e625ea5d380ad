"""GoatCounter has the site in its host name and so nowhere in a hit; here it is worked out from the request."""

from collections.abc import Callable
from urllib.parse import parse_qs

from footfall.collect import http
from footfall.collect.desk import Sites, site_of_host
from footfall.collect.goatcounter.hit import host_of
from footfall.collect.http import Headers, Scope
from footfall.domain import Site
from footfall.enrich.host import clean_hostname

SITE_PARAMETER = "site"


def goatcounter_snippet(base_url: str, site: Site) -> str:
    """The line of a page that counted with GoatCounter; naming the site spares guessing."""
    endpoint = f"{base_url}/count?{SITE_PARAMETER}={site.public_id}"
    return f'<script data-goatcounter="{endpoint}" async src="{base_url}/count.js"></script>'


class SiteOfRequest:
    """Finds the site by the first that tells: ``?site=``, the page's host, our own host, there being only one."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites

    def find(self, scope: Scope, headers: Headers, is_allowed: Callable[[Site], bool] = lambda _: True) -> Site | None:
        """The site of a request among those allowed; None where nothing tells."""
        named = parse_qs(scope["query_string"].decode("latin-1")).get(SITE_PARAMETER)
        if named:
            site = self._sites.by_public_id(named[0]) or self._sites.by_domain(clean_hostname(named[0]))
            return site if site and is_allowed(site) else None
        # The page's host before ours: one install at stats.example.com may count other.example, too.
        hosts = (host_of(http.text(headers, b"referer")), host_of(f"//{http.text(headers, b'host')}"))
        found = (site_of_host(self._sites, host, is_allowed) for host in hosts)
        return next(filter(None, found), None) or self._only(is_allowed)

    def _only(self, is_allowed: Callable[[Site], bool]) -> Site | None:
        allowed = [site for site in self._sites.all() if is_allowed(site)]
        return allowed[0] if len(allowed) == 1 else None
