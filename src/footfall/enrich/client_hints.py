"""Reads the client hints of Chromium browsers: what their frozen user agents no longer tell.

https://wicg.github.io/ua-client-hints/
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

_BRAND = re.compile(r'"((?:[^"\\]|\\.)*)"\s*;\s*v="([^"]*)"')
_INVENTED = re.compile(r"not.*brand", re.IGNORECASE)
_SHARED_BRAND = "Chromium"
_LONGEST = 512
_HEADERS = (
    b"sec-ch-ua",
    b"sec-ch-ua-full-version-list",
    b"sec-ch-ua-mobile",
    b"sec-ch-ua-platform",
    b"sec-ch-ua-platform-version",
)
"""In the order of the fields below."""

WINDOWS_11_PLATFORM = 13
"""From this platform version on, Windows is Windows 11: its user agent still says 10."""


class ClientHints(msgspec.Struct, frozen=True, gc=False):
    """The hint headers as they were sent; empty text for those that were not."""

    brands: str = ""  # sec-ch-ua
    full_versions: str = ""  # sec-ch-ua-full-version-list
    mobile: str = ""  # sec-ch-ua-mobile, ?1 or ?0
    platform: str = ""  # sec-ch-ua-platform
    platform_version: str = ""  # sec-ch-ua-platform-version

    @classmethod
    def from_headers(cls, headers: Mapping[bytes, bytes]) -> "ClientHints | None":
        """The hints among the headers of an ASGI request, or None without any."""
        if b"sec-ch-ua" not in headers and b"sec-ch-ua-platform" not in headers:
            return None
        return _hints(tuple(headers.get(name, b"")[:_LONGEST] for name in _HEADERS))

    @property
    def is_mobile(self) -> bool:
        """Whether the browser asks for pages for phones."""
        return self.mobile == "?1"

    @property
    def system(self) -> str:
        """The platform as the browser names it."""
        return self.platform.strip('"')

    @property
    def system_version(self) -> str:
        """The marketing version of the system, as far as it can be told."""
        version = self.platform_version.strip('"')
        if self.system != "Windows":
            return version
        major = int(text) if (text := version.partition(".")[0]).isdecimal() else 0
        return "11" if major >= WINDOWS_11_PLATFORM else "10" if major else ""

    def brands_by_rank(self) -> list[tuple[str, str]]:
        """The brands with their versions, the one all Chromium browsers share last, made-up ones left out."""
        named = [pair for pair in _BRAND.findall(self.full_versions or self.brands) if not _INVENTED.search(pair[0])]
        return sorted(named, key=lambda pair: pair[0] == _SHARED_BRAND)


@lru_cache(maxsize=4096)
def _hints(values: tuple[bytes, ...]) -> ClientHints:
    """All visitors with the same browser send the same hints."""
    return ClientHints(*(value.decode("latin-1") for value in values))
