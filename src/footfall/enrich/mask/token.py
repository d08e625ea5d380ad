"""What opens an account: signed tokens, keys of known services, named secrets, and words too random to be a title."""

import re

_SIGNED = re.compile(r"(?<![\w-])eyJ[\w-]{8,}+\.[\w-]++(?:\.[\w-]*+)?")
_KEY_STARTS = (
    *(
        r"gh[opsur]_",
        r"github_pat_",
        r"glpat-",
        r"[prs]k_(?:live|test)_",
        r"whsec_",
        r"sk-(?:proj-|ant-)?",
        r"npm_",
        r"hf_",
    ),
    *(
        r"xox[abeoprs]-",
        r"shp(?:at|ca|pa|ss)_",
        r"dop_v1_",
        r"pypi-",
        r"sq0[a-z]{3}-",
        r"ya29\.",
        r"SG\.",
        r"AIza",
        r"EAA",
    ),
)
_KEY = re.compile(rf"(?<![\w-])(?:(?:{'|'.join(_KEY_STARTS)})[\w-]{{16,}}(?:\.[\w-]+)*+|A[KS]IA[A-Z0-9]{{16}}(?!\w))")
_SURE_NAMES = (
    r"(?:[a-z]{1,10}[_-]?)?(?:token|secret|password|passwd|passwort|kennwort|sess(?:ion)?[_-]?id|api[_-]?key)"
    r"|pwd|sid|sig|signature"
)
_LIKELY_NAMES = r"(?:[a-z]{1,10}[_-])?(?:session|auth|code|key|hash|state|nonce)"
_LIKELY_CHARS = 16
_BEARER_CHARS = 8
_NAMED = re.compile(
    rf"(?<![^\W_])((?:(?P<sure>{_SURE_NAMES})|{_LIKELY_NAMES})[\"']?(?:=|(?<=[\"']):) ?[\"']?|(?P<bearer>bearer ))"
    r"(?P<value>[^\s&;\"'<>(){}\[\],/]{4,})",
    re.IGNORECASE,
)
_NAMES_SOMETHING = re.compile(r"[=:]|bearer ", re.IGNORECASE)

_HOLDS_LONG_WORD = re.compile(r"[\w+/.-]{20}")
_LONG_WORD = re.compile(r"[A-Za-z0-9_+-]{20,}={0,2}")
_PADDED = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}+={1,2}")  # base 64, where a slash is a digit
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{32}")
_LONG_RUN = re.compile(r"[A-Za-z0-9]{16,}")
_ODD = re.compile(r"[A-Z](?=[A-Z0-9])|\d(?=[a-z])")
_NUMBER = re.compile(r"\d+")
_PIECE = re.compile(r"[A-Za-z0-9]+")


def mask_tokens(text: str) -> str:
    """``text`` with ``:token`` for each token."""
    if _NAMES_SOMETHING.search(text):
        text = _NAMED.sub(_mask_named, text)
    if len(text) < 20 or not _HOLDS_LONG_WORD.search(text):
        return text
    text = _KEY.sub(":token", _SIGNED.sub(":token", text))
    return _LONG_WORD.sub(_mask_word, _PADDED.sub(_mask_padded, text))


def _mask_named(found: re.Match[str]) -> str:
    value = found["value"]
    enough = _BEARER_CHARS if found["bearer"] else _LIKELY_CHARS
    is_token = found["sure"] or (len(value) >= enough and any(map(str.isdecimal, value)))
    return f"{found[1]}:token" if is_token else found[0]


def _mask_padded(found: re.Match[str]) -> str:
    """The small words before it are the path it ends."""
    parts = found[0].split("/")
    start = next((place for place, part in enumerate(parts) if part and not part.islower()), 0)
    token = "/".join(parts[start:])
    return "/".join((*parts[:start], ":token")) if _mixes(token) else found[0]


def _mask_word(found: re.Match[str]) -> str:
    return ":token" if _is_random(found[0]) else found[0]


def _is_random(word: str) -> bool:
    """UUIDs, short hashes and titles with hyphens or in camel case are not."""
    if _HEXADECIMAL.search(word) or any(_mixes(run) for run in _LONG_RUN.findall(word)):
        return True
    pieces = [piece for piece in _PIECE.findall(word) if len(piece) > 4 and _mixes(piece)]
    return len(pieces) > 1 and 2 * sum(map(len, pieces)) > len(word)


def _mixes(run: str) -> bool:
    """Capitals before capitals or digits, digits before small letters, many numbers: camel case hardly has that."""
    numbers = len(_NUMBER.findall(run))
    if run.islower() or run.isupper():
        return numbers > 1 and len(run) >= 32
    enough = max(1, len(run) // 7) if numbers else 5
    return numbers > 3 or len(_ODD.findall(run)) >= enough
