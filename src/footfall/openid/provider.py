"""A provider as the settings name it, with its secret."""

import msgspec

from footfall.settings import ProviderSettings, provider_secret


class Provider(msgspec.Struct, frozen=True):
    """Whom to ask, as whom, and whom to let in."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    allowed_domains: frozenset[str] = frozenset()
    domain_claim: str = ""
    lets_new_people_in: bool = True


def provider_of(settings: ProviderSettings) -> Provider:
    """Make it; raises SettingsError where the file of its secret cannot be read."""
    return Provider(
        id=settings.id,
        name=settings.name,
        issuer=settings.issuer,
        client_id=settings.client_id,
        client_secret=provider_secret(settings),
        allowed_domains=frozenset(domain.lower() for domain in settings.allowed_domains),
        domain_claim=settings.domain_claim,
        lets_new_people_in=settings.new_people,
    )
