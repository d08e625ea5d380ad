"""What an ID token must be (OpenID Connect Core 1.0, 3.1.3.7): signed by the provider, for us and this sign-in, now."""

import logging
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from footfall.errors import NotSignedIn
from footfall.openid.provider import Provider
from footfall.texts import Phrase

log = logging.getLogger(__name__)

# Signatures alone: with a shared secret whoever knows it could sign, and `none` is none.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY_SECONDS = 60
_MAX_SUBJECT_LENGTH = 255  # Core 1.0, section 2


class UnknownKeyError(Exception):
    """A token was signed with a key that the provider had not published when it was asked."""


def checked_claims(token: str, keys: KeySet, provider: Provider, nonce: str, now_ms: int) -> dict[str, Any]:
    """Return what a token says; raises NotSignedIn for one that is not right, UnknownKeyError for a new key."""
    rules = jwt.JWTClaimsRegistry(
        now=now_ms // 1000,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        rules.validate(claims)
        _check_party(claims, provider.client_id)
    except InvalidKeyIdError as error:
        raise UnknownKeyError from error
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise refused(provider, _rule(error)) from None
    return claims


def refused(provider: Provider, reason: str) -> NotSignedIn:
    """The log names the rule that was broken, and nobody's name; whoever signs in is told that it failed."""
    log.warning("what the provider %s said was refused: %s", provider.id, reason)
    return NotSignedIn(
        Phrase(
            "{provider} did not say who you are in a way that can be trusted; please try again.", provider=provider.name
        )
    )


def _check_party(claims: dict[str, Any], client_id: str) -> None:
    """A token for several, or asked for by another, must name us as the one who asked."""
    audience, party = claims["aud"], claims.get("azp")
    if party not in (None, client_id) or (isinstance(audience, list) and len(audience) > 1 and party is None):
        raise InvalidClaimError("azp")
    if not isinstance(claims["nonce"], str) or not isinstance(claims["iss"], str):
        raise InvalidClaimError("nonce or iss")
    if not 0 < len(claims["sub"]) <= _MAX_SUBJECT_LENGTH or not claims["sub"].isprintable():
        raise InvalidClaimError("sub")


def _rule(error: Exception) -> str:
    """What was broken, in words of the standards; the text of an error could quote the token."""
    name = error.error if isinstance(error, JoseError) else type(error).__name__
    return f"{name} {getattr(error, 'claim', '')}".strip()
