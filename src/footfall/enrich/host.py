"""Host names: how they are spelled, and which names stand above them."""

from collections.abc import Iterator


def clean_hostname(host: str) -> str:
    """A host in the spelling that is stored: lower case, no final dot, no ``www.``."""
    return host.lower().strip(".").removeprefix("www.")


def host_suffixes(host: str) -> Iterator[str]:
    """``a.b.c``, then ``b.c``, then ``c``."""
    while host:
        yield host
        host = host.partition(".")[2]
