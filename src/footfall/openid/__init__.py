"""Asking OpenID Connect providers who somebody is: discovery, the code flow with PKCE, and the checks of what they say.

The one room that asks other hosts on behalf of a request; they are those of `FOOTFALL_OIDC_PROVIDERS` alone. Whose
account it is, the accounts room knows.
"""

from footfall.openid.client import OpenIdClient, Person, open_id_clients
from footfall.openid.fetching import Fetching
from footfall.openid.provider import Provider, provider_of

__all__ = ["Fetching", "OpenIdClient", "Person", "Provider", "open_id_clients", "provider_of"]
