"""The sign-in page, as all ways in show it again: with what went wrong, and where to go afterwards."""

from collections.abc import Sequence

from fastapi import Request, Response
from starlette.templating import Jinja2Templates

from footfall.errors import FootfallError
from footfall.openid import Provider
from footfall.web.addresses import public_address


class SignInPage:
    """Shows `/sign-in`; ``is_open``: strangers may make an account, ``passkeys_at``: the origin passkeys work at."""

    def __init__(
        self,
        templates: Jinja2Templates,
        *,
        is_open: bool = False,
        passkeys_at: str = "",
        providers: Sequence[Provider] = (),
    ) -> None:
        self._templates = templates
        self._is_open = is_open
        self._passkeys_at = passkeys_at
        self._providers = providers

    def show(self, request: Request, target: str, email: str = "", error: FootfallError | None = None) -> Response:
        """Show it; ``target`` is a path of ours."""
        context = {
            "target": target,
            "email": email,
            "error": error,
            "is_open": self._is_open,
            "takes_passkeys": public_address(request) == self._passkeys_at,
            "providers": self._providers,
        }
        return self._templates.TemplateResponse(
            request, "session/sign_in.html", context, error.status if error else 200
        )

    def lead_to_provider(self, request: Request, name: str, url: str) -> Response:
        """Lead on to ``url`` of the provider called ``name``.

        By a page that goes on by itself: a redirect would be held to the policy of the form that was sent.
        """
        context = {"provider": name, "url": url}
        headers = {"refresh": f"0;url={url}"}
        return self._templates.TemplateResponse(request, "session/leaving.html", context, headers=headers)
