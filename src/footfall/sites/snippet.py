"""What an owner pastes into the pages of a site."""

from footfall.domain import Site


def script_snippet(base_url: str, site: Site) -> str:
    """Return the one line that counts visits."""
    return f'<script defer src="{base_url}/js/{site.public_id}.js"></script>'


def pixel_snippet(base_url: str, site: Site) -> str:
    """Return the picture that counts views of visitors without JavaScript."""
    source = f"{base_url}/px/{site.public_id}.gif"
    return f'<noscript><img src="{source}" alt="" referrerpolicy="no-referrer-when-downgrade"></noscript>'
