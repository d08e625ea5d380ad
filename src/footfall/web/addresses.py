"""Under which address the browser reached us."""

from fastapi import Request

from footfall.web.session_cookie import is_https


def public_address(request: Request) -> str:
    """Return it without a final slash."""
    return f"{'https' if is_https(request) else 'http'}://{request.url.netloc}"
