"""E-mail addresses as people and programs write them, and the names that stand before a host in URLs."""

import re

_AT = (
    r"(?:@|\uff20|&#64;|&#x40;|&commat;|\\u0040"
    r"|[ ]?[(\[{<][ ]?(?:at|\u00e4t|@|arroba)[ ]?[)\]}>][ ]?)"
)
_DOT = r"(?:\.|[ ]?[(\[{][ ]?(?:dot|punkt|point|\.)[ ]?[)\]}][ ]?)"
_MARKS = "\u0300-\u036f\u0900-\u0dff"  # parts of letters that \w leaves out
_LOCAL_SIGNS = rf"\w.!#$%'*+~^`\-\u2019{_MARKS}"
# Begins where a run of such signs begins and never gives any back: an address takes one look at each sign.
_LOCAL = rf"(?<![{_LOCAL_SIGNS}&])(?:[{_LOCAL_SIGNS}]|&(?!#64;|#x40;|commat;))++"
_LABEL = rf"[\w\-{_MARKS}]{{1,63}}"

_MAY_HOLD_AT = re.compile("[@&\\\\(\\[{<\uff20]")
_HOLDS_AT = re.compile(_AT, re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)(?:[^/\s@?#]++@)+")
_EMAIL = re.compile(
    rf"{_LOCAL}{_AT}(?P<domain>{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})(?P<more>(?:{_AT}[\w.\-]{{1,255}})*)", re.IGNORECASE
)
_OBFUSCATED_DOT = re.compile(rf"(?!\.){_DOT}", re.IGNORECASE)
_FILE_ENDINGS = frozenset(
    (
        *("avif", "bmp", "css", "csv", "doc", "docx", "gif", "gz", "htm", "html", "ico", "jpeg", "jpg", "js", "json"),
        *("jsp", "map", "mjs", "cjs", "mp3", "mp4", "pdf", "php", "png", "svg", "tar", "tiff", "ttf", "txt", "webm"),
        *("webp", "woff", "woff2", "xls", "xlsx", "xml", "aspx", "min", "slim", "esm", "umd", "prod", "production"),
        *("development", "module", "bundle", "global"),
    )
)


def mask_emails(text: str) -> str:
    """``text`` with ``:email`` for each address, and without user names and passwords in URLs."""
    if not (_MAY_HOLD_AT.search(text) and _HOLDS_AT.search(text)):
        return text
    return _EMAIL.sub(_mask, _LOGIN.sub("", text))


def _mask(found: re.Match[str]) -> str:
    """`logo@2x.png` and `react@18.2.0.min.js` are no addresses; `alice@example.com.html` holds one."""
    domain, *endings = _without_endings(_OBFUSCATED_DOT.sub(".", found["domain"]))
    name, _, top = domain.rpartition(".")
    is_address = bool(name) and len(top) > 1 and not top[0].isdecimal()
    if not (is_address or found["more"]):
        return found[0]
    return ":email" if found["more"] else ".".join((":email", *endings))


def _without_endings(domain: str) -> list[str]:
    endings: list[str] = []
    while domain.rpartition(".")[2].lower() in _FILE_ENDINGS:
        domain, _, ending = domain.rpartition(".")
        endings.insert(0, ending)
    return [domain, *endings]
