"""What an owner pastes into the pages of a site."""

from footfall.domain import Site
from footfall.sites.custom_domain import script_path


def script_snippet(base_url: str, site: Site) -> str:
    """Return the one line that counts visits."""
    return f'<script defer src="{_host(base_url, site)}{_script(site)}"></script>'


def pixel_snippet(base_url: str, site: Site) -> str:
    """Return the picture that counts views of visitors without JavaScript."""
    path = (site.custom_domain and site.intake_path) or f"/px/{site.public_id}.gif"
    source = f"{_host(base_url, site)}{path}"
    return f'<noscript><img src="{source}" alt="" referrerpolicy="no-referrer-when-downgrade"></noscript>'


def _host(base_url: str, site: Site) -> str:
    """A host of one's own speaks TLS: pages on https take no script from elsewhere."""
    return f"https://{site.custom_domain}" if site.custom_domain else base_url


def _script(site: Site) -> str:
    return script_path(site) if site.custom_domain else f"/js/{site.public_id}.js"
