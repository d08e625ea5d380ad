"""Who a visitor is said to be: keyed hashes under salts that are destroyed.

An address and a user agent go in, a 64-bit number comes out; neither is kept. The salts live in a file of their own
that no backup takes.
"""

from footfall.identity.networks import NetworkNames, as_ipv6, prefix_of
from footfall.identity.salts import SaltStore
from footfall.identity.visitor import Identity, VisitorIds

__all__ = ["Identity", "NetworkNames", "SaltStore", "VisitorIds", "as_ipv6", "prefix_of"]
