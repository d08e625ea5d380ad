"""Breaks requests as clients, proxies and attackers do: in the values, in the JSON, in the bytes, in the headers."""

import copy
import gzip
import json
import random
import zlib
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from tests.fuzz.seeds import FIREFOX, Json, Seed

Node = tuple[Any, Any]  # what holds a value, and its key or index there


class Verbatim(str):
    """JSON that no serialiser writes; stands in the body as it is."""

    __slots__ = ()


VALUES: Sequence[Json] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        255,
        2**31,
        2**63,
        -(2**63) - 1,
        2**64,
        0.1,
        -0.0,
        1e308,
        5e-324,
        [],
        {},
        [[]],
        {"": ""},
    ),
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "\x1f",
        "\x7f",
        "\u2028",
        "\ufeff",
        "\uffff",
        "😀",
        "e\u0301" * 50,
        "İ",
        "ß" * 90,
        "٣",
    ),
    *("a" * 121, "a" * 301, "é" * 1001, "a" * 2001, "a" * 60_000, "%", "%00", "%ff%fe", "%25" * 300, "%ed%a0%80", "\\"),
    *(
        "404",
        "1e400",
        "NaN",
        "-0",
        "0x10",
        "٤٠٤",
        "9" * 400,
        "true",
        "null",
        "undefined",
        "[object Object]",
        "-1",
        "1.5",
    ),
    *(
        "https://",
        "http://[::1",
        "https://[::1]:99999/",
        "//",
        "https://a@b@c/",
        "javascript:alert(1)",
        "data:,x",
        "file:///",
    ),
    *(
        "https://exa mple/",
        "https://\u2100.com/",
        "https://xn--/",
        "https://.../",
        "HTTP://X:0/",
        "/\x00",
        "?",
        "#",
        "a:b",
    ),
    *(
        "android-app://com.example",
        "https://alice.example:port/",
        "https://%61.example/%2f",
        "https://a.example/?&&=&a",
    ),
    *(
        "2024-02-30T00:00:00Z",
        "0000-00-00",
        "9999-12-31T23:59:59+23:59",
        "1970-01-01",
        "2024-05-01T12:00:00.123456789Z",
    ),
    *(
        "::ffff:1.2.3.4",
        "1.2.3.4:5",
        "[::1]:80",
        "999.1.1.1",
        "fe80::1%eth0",
        "EUR",
        "eur",
        "€€€",
        "NL-",
        "XX",
        "Mars/Olympus",
    ),
    *(
        "alice@example.com",
        "4111 1111 1111 1111",
        "+49 151 23456789",
        "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
        "engagement",
        "pageview",
    ),
    *("'; DROP TABLE events; --", "{site:UInt32}", "\\N", "\t\r\n", "<script>", "${jndi:ldap://x}", "../../etc/passwd"),
    *(
        Verbatim(text)
        for text in ("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1" * 400, "01", "1.", "+1", "'a'")
    ),
    *(
        Verbatim(text)
        for text in (r'"\ud800"', r'"a\udfffb"', r'"\ud83d\ude00"', r'"\u0000"', r'"\x"', '"\t"', "", "undefined")
    ),
    *(
        Verbatim(text)
        for text in ("[" * 900 + "]" * 900, "[" * 20_000, '{"a":' * 500 + "1" + "}" * 500, '{"a":1,"a":2}')
    ),
    *(
        {f"k{number}": number for number in range(60)},
        list(range(1_200)),
        {"a" * 400: 1},
        {"\x00": 1},
        {"a": {"b": {"c": []}}},
    ),
)

_BYTES = (
    b"\x00",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b'"',
    b"{",
    b"}",
    b"\\",
    b",",
    b"\n",
    b"\xef\xbb\xbf",
)
_ADDRESSES = (
    "203.0.113.5",
    "::1",
    "",
    ",",
    "1.2.3.4,,5.6.7.8",
    "unknown",
    "[::1]:80, 10.0.0.1",
    "1" * 5_000,
    "a,b," * 400,
)
_AGENTS = (
    FIREFOX,
    "",
    "-",
    "Googlebot/2.1",
    "Mozilla/5.0 Umami/1.0",
    "(" * 3_000,
    "Mozilla/" * 900,
    "\xff\xfe\x80",
    "a" * 30_000,
)
_ENCODINGS = ("gzip", "GZIP", "deflate", "br", "identity", "gzip, gzip", "")
_HEADERS: Sequence[tuple[str, Sequence[str]]] = (
    ("X-Forwarded-For", _ADDRESSES),
    ("Forwarded", (*_ADDRESSES, 'for="[2001:db8::1]:443";proto=https', "for=;;;for", 'for="' + "a" * 3_000)),
    ("X-Plausible-IP", _ADDRESSES),
    ("CF-Connecting-IP", _ADDRESSES),
    ("User-Agent", _AGENTS),
    ("Content-Encoding", _ENCODINGS),
    ("Accept-Language", ("", "de", "*", "xx-" * 2_000, "\xe4,\xff", "en;q=NaN")),
    ("Referer", ("", "https://alice.example/a", "https://[", "\xff\xff", "//", "a" * 9_000)),
    (
        "Authorization",
        (
            "Bearer",
            "Bearer ",
            "Bearer \xff\xff",
            "Basic !!!",
            "Basic OnNlY3JldA==",
            "Digest x",
            "Bearer " + "a" * 9_000,
        ),
    ),
    ("Content-Type", ("text/plain", "application/json; charset=utf-16", "multipart/form-data", "\xff")),
    ("Sec-CH-UA", ('"A";v="1"', '"' * 2_000, "\xff", ",;,;")),
    ("Sec-CH-UA-Platform-Version", ('"15.0.0"', '"x"', "9" * 500)),
    ("Sec-GPC", ("1", "0", "\xff")),
    ("DNT", ("1", "x")),
    ("X-Umami-Cache", ("a.b.c", "." * 900, "\xff", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.")),
    ("X-Debug-Request", ("true", "TRUE")),
    ("X-Footfall-Import", ("1", "\xff", "a" * 3_000)),
    ("Expect", ("100-continue", "200-ok")),
    ("Transfer-Encoding", ("identity", "gzip, chunked", "\xff")),
)


def mutated(rng: random.Random, seed: Seed, keys: Sequence[str]) -> bytes:
    """The bytes of one request, more or less broken."""
    headers = {"Host": "stats.example", "User-Agent": FIREFOX, "Connection": "close", **seed.headers}
    headers["X-Forwarded-For"] = f"203.0.{rng.randrange(256)}.{rng.randrange(256)}"
    if "Authorization" in headers:
        headers["Authorization"] = f"Bearer {rng.choice(keys)}"
    body = _body(rng, seed.document) if seed.document is not None else b""
    body = _encoded(rng, headers, body)
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        name, values = rng.choice(_HEADERS)
        headers[name] = rng.choice(values)
    method = seed.method if rng.random() < 0.97 else rng.choice(("GET", "PUT", "OPTIONS", "HEAD", "DELETE", "BREW"))
    raw = _raw(method, _target(rng, seed), headers, body)
    return _bent(rng, raw) if rng.random() < 0.05 else raw


def _body(rng: random.Random, document: Json) -> bytes:
    broken = copy.deepcopy(document)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3, 6))):
        broken = _break(rng, broken)
    data = _written(broken).encode("utf-8", "surrogatepass")
    return _bent(rng, data) if rng.random() < 0.2 else data


def _break(rng: random.Random, document: Json) -> Json:
    nodes = list(_nodes(document))
    if not nodes or rng.random() < 0.03:
        return rng.choice(VALUES)
    holder, key = rng.choice(nodes)
    rng.choice(_BREAKS)(rng, holder, key)
    return document


def _replace(rng: random.Random, holder: Any, key: Any) -> None:
    holder[key] = copy.deepcopy(rng.choice(VALUES))


def _remove(rng: random.Random, holder: Any, key: Any) -> None:
    del holder[key]


def _rename(rng: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder[str(rng.choice(VALUES))[:500]] = holder.pop(key)


def _wrap(rng: random.Random, holder: Any, key: Any) -> None:
    holder[key] = rng.choice(([holder[key]], {"a": holder[key]}, _written(holder[key])))


def _extend(rng: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder[key], str):
        holder[key] += str(rng.choice(VALUES))[:500]


_BREAKS: Sequence[Callable[[random.Random, Any, Any], None]] = (
    _replace,
    _replace,
    _replace,
    _remove,
    _rename,
    _wrap,
    _extend,
)


def _nodes(value: Json) -> list[Node]:
    """Every place of a value in a document."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [node for key in keys[:50] for node in _nodes(value[key])]


def _written(value: Json) -> str:
    """JSON, with verbatim parts as they are."""
    if isinstance(value, Verbatim):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _encoded(rng: random.Random, headers: dict[str, str], body: bytes) -> bytes:
    if rng.random() < 0.03:
        return body.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-32", "latin-1")), "replace")
    if rng.random() > 0.05:
        return body
    headers["Content-Encoding"] = "gzip"
    return rng.choice((gzip.compress, _cut_short, zlib.compress, _bomb))(body)


def _cut_short(body: bytes) -> bytes:
    return gzip.compress(body)[:-9]


def _bomb(body: bytes) -> bytes:
    """Six megabytes in six kilobytes."""
    return _BOMB


_BOMB = gzip.compress(b" " * 6_000_000, 9)


def _target(rng: random.Random, seed: Seed) -> str:
    query = dict(seed.query)
    for _ in range(rng.choice((0, 1, 2)) if query else 0):
        query[rng.choice(list(query))] = str(rng.choice(VALUES))[:3_000]
    encode = rng.choice((quote, quote, _careless))
    pairs = [f"{name}={encode(value)}" for name, value in query.items()]
    pairs += rng.choice(
        ((), (), (), ("wait=1",), ("&&=", "%"), tuple(f"x{number}=1" for number in range(60)), ("site=%ff",))
    )
    return seed.path + ("?" + "&".join(pairs) if pairs else "")


def _careless(text: str) -> str:
    """Like a client that knows nothing of encoding."""
    return "".join(char for char in text if char > " ")


def _raw(method: str, target: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    head = "\r\n".join((*lines, f"Content-Length: {len(body)}", "", ""))
    return head.encode("latin-1", "replace") + body


def _bent(rng: random.Random, data: bytes) -> bytes:
    """A byte or some put in, taken out, doubled or cut off."""
    place, length = rng.randrange(len(data) + 1), rng.randrange(1, 20)
    return rng.choice(
        (
            data[:place],
            data[:place] + rng.choice(_BYTES) + data[place:],
            data[:place] + rng.randbytes(length) + data[place + length :],
            data[:place] + data[place + length :],
            data[:place] + data[max(0, place - length) :],
        )
    )
