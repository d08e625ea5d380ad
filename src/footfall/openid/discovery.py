"""Where a provider is asked for what, as its own document says (OpenID Connect Discovery 1.0)."""

import logging
from typing import Any
from urllib.parse import urlsplit

import msgspec

from footfall.errors import Unavailable
from footfall.openid.fetching import Fetching

log = logging.getLogger(__name__)

_DOCUMENT = "/.well-known/openid-configuration"


class Endpoints(msgspec.Struct, frozen=True):
    """The addresses of a provider, and how it wants to be asked."""

    issuer: str
    authorization: str = msgspec.field(name="authorization_endpoint")
    token: str = msgspec.field(name="token_endpoint")
    keys: str = msgspec.field(name="jwks_uri")
    user_info: str = msgspec.field(name="userinfo_endpoint", default="")
    client_proofs: tuple[str, ...] = msgspec.field(
        name="token_endpoint_auth_methods_supported", default=("client_secret_basic",)
    )
    names_itself: bool = msgspec.field(name="authorization_response_iss_parameter_supported", default=False)


async def discover(issuer: str, fetching: Fetching) -> Endpoints:
    """Ask a provider for its addresses; raises Unavailable where its document is missing or speaks of another.

    None of them may be less protected than the issuer itself.
    """
    fetched = await fetching.fetch(issuer.rstrip("/") + _DOCUMENT)
    try:
        return _checked(issuer, fetched.content)
    except (msgspec.ValidationError, ValueError) as error:
        log.warning("the document of the provider %s cannot be used: %s", issuer, error)
        raise Unavailable(
            "The provider's own description is wrong; whoever runs this Footfall sees why in the log."
        ) from None


def _checked(issuer: str, document: dict[str, Any]) -> Endpoints:
    found = msgspec.convert(document, Endpoints)
    if found.issuer != issuer:
        raise ValueError("it names another issuer; write it in the settings exactly as there")
    schemes = ("https",) if issuer.startswith("https:") else ("https", "http")
    for url in (found.authorization, found.token, found.keys, found.user_info or found.token):
        parts = urlsplit(url)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError("it names an address without TLS")
    return found
