"""Which requests are page views: an ordered table of reasons against, first match wins.

Machines that send a user agent are intake's to tell: it keeps their views apart.
"""

import fnmatch
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from footfall.errors import InvalidInput
from footfall.importers.logs.request import LoggedRequest, SkipReason

Test = Callable[[LoggedRequest], bool]

_NOT_MODIFIED = 304
_STATIC_SUFFIXES = (
    *(".css", ".js", ".mjs", ".map", ".wasm", ".json", ".txt", ".webmanifest"),
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".cur", ".bmp", ".tif", ".tiff"),
    *(".woff", ".woff2", ".ttf", ".otf", ".eot"),
    *(".mp3", ".mp4", ".m4a", ".m4v", ".ogg", ".ogv", ".oga", ".webm", ".wav", ".flac", ".mov", ".avi", ".mpg"),
    *(".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".jar"),
    *(".dmg", ".exe", ".msi", ".deb", ".rpm", ".apk", ".iso", ".bin"),
    *(".pdf", ".csv", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx"),
)
_FEED = re.compile(r"/(?:feed|rss|atom)/?(?:$|\?)|\.(?:xml|rss|atom)(?:$|\?)|[?&](?:feed|flav|format)=(?:rss|atom)")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_EXCLUDABLE = ("path", "host", "method", "status", "referrer", "user_agent", "content_type")


@dataclass(frozen=True)
class Sieve:
    """Tells page views of one site from the rest of its log."""

    domain: str
    exclusions: Sequence[Test] = ()

    def reason_against(self, request: LoggedRequest) -> SkipReason | None:
        """Why ``request`` is no page view, or None where it is one."""
        return next((reason for reason, applies in self._rules() if applies(request)), None)

    def _rules(self) -> tuple[tuple[SkipReason, Test], ...]:
        return (
            (SkipReason.STATIC_FILE, is_static_file),
            (SkipReason.FEED, lambda request: _FEED.search(request.path) is not None),
            (SkipReason.OTHER_HOST, self._is_other_host),
            (SkipReason.OTHER_METHOD, lambda request: request.method != "GET"),
            (SkipReason.REDIRECT, lambda request: _is_redirect(request.status)),
            (SkipReason.ERROR, lambda request: not 200 <= request.status < 400),
            (SkipReason.NO_AGENT, lambda request: request.user_agent == ""),
            (SkipReason.EXCLUDED, lambda request: any(test(request) for test in self.exclusions)),
        )

    def _is_other_host(self, request: LoggedRequest) -> bool:
        return bool(request.host) and not f".{request.host}".endswith(f".{self.domain}")


def is_static_file(request: LoggedRequest) -> bool:
    """Whether a page, and not a person, asked for this."""
    if request.content_type and not request.content_type.startswith(_PAGE_TYPES):
        return True
    return request.path.partition("?")[0].lower().endswith(_STATIC_SUFFIXES)


def parse_exclusion(text: str) -> Test:
    """Read `[!]FIELD:PATTERN`: contained text, or `glob:` or `re:` before the pattern; `!` keeps only what matches.

    Raises InvalidInput.
    """
    field, has_pattern, pattern = text.removeprefix("!").partition(":")
    if field not in _EXCLUDABLE or not has_pattern:
        raise InvalidInput(f"{text!r} excludes nothing; write FIELD:PATTERN with one of {', '.join(_EXCLUDABLE)}.")
    matches, is_kept = _matcher(pattern), text.startswith("!")
    return lambda request: matches(str(getattr(request, field) or "")) != is_kept


def _matcher(pattern: str) -> Callable[[str], bool]:
    if pattern.startswith("glob:"):
        return _searcher(fnmatch.translate(pattern.removeprefix("glob:")))
    if pattern.startswith("re:"):
        return _searcher(pattern.removeprefix("re:"))
    return lambda text: pattern in text


def _searcher(expression: str) -> Callable[[str], bool]:
    try:
        compiled = re.compile(expression)
    except re.error as error:
        raise InvalidInput(f"{expression!r} is not a regular expression: {error}.") from error
    return lambda text: compiled.search(text) is not None


def _is_redirect(status: int) -> bool:
    # Not Modified means that the visitor looked at the page again and already had its text.
    return 300 <= status < 400 and status != _NOT_MODIFIED
