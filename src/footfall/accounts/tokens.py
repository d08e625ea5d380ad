"""Random secrets handed out once, of which only the hash is kept.

They carry 256 random bits, so a fast hash is enough: there is nothing to guess.
"""

import hashlib
import secrets


def new_token() -> str:
    """Make a secret that fits into a cookie or header."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored and looked up in place of ``token``."""
    return hashlib.sha256(token.encode()).hexdigest()
