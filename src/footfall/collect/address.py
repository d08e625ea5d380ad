"""The client's address: the socket's peer, or what a trusted proxy says of it."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from footfall.errors import InvalidInput, SettingsError


class TrustedProxies:
    """Believes X-Forwarded-For only as far as the hops that wrote it are trusted."""

    def __init__(self, setting: str) -> None:
        self._networks = [_network(part.strip()) for part in setting.split(",") if part.strip()]

    def client(self, peer: str, forwarded_for: str) -> str:
        """The right-most address that is no trusted proxy; empty where there's none to be had."""
        address = normal_address(peer)
        hops = [hop for hop in forwarded_for.split(",") if hop.strip()]
        while hops and self._is_trusted(address):
            hop = normal_address(hops.pop())
            if not hop:
                break
            address = hop
        return address

    def _is_trusted(self, address: str) -> bool:
        if not address:
            return False
        parsed = ip_address(address)
        return any(parsed.version == network.version and parsed in network for network in self._networks)


def normal_address(text: str) -> str:
    """One spelling for each address: no port, no brackets, IPv4 in IPv6 unwrapped; empty where it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].split("]")[0]
    elif text.count(":") == 1:
        text = text.split(":")[0]
    try:
        parsed = ip_address(text)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(parsed)


def given_address(text: str | None) -> str:
    """An address a keyed caller states, in its one spelling."""
    if not text:
        return ""
    address = normal_address(text)
    if not address:
        raise InvalidInput("ip must be an IPv4 or IPv6 address.", field="ip")
    return address


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(f"FOOTFALL_TRUSTED_PROXIES holds {text!r}, which is no address or network.") from error
