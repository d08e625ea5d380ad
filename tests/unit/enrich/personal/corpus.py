"""10,000 labelled texts: half hold personal data in the places where visitors' data ends up, half only look like it."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeVar
from urllib.parse import quote, unquote

from tests.unit.enrich.personal import lookalikes, secrets_of_people
from tests.unit.enrich.personal.grammar import written

SIZE = 10_000
_SEED = 20_261_120

T = TypeVar("T")

_NAME_OF_SECRET = re.compile(r"[A-Za-z_]{2,}(?:=|: ?)|Bearer |wa\.me/")


class Labelled(NamedTuple):
    """A text as it is sent to one place, and what would be stored there were nothing masked."""

    kind: str
    place: str
    sent: str
    plain: str
    secret: str  # what nobody may read afterwards; empty in a look-alike


_CONTEXTS: Mapping[str, Sequence[str]] = {
    "path": (
        *("/unsubscribe/{}", "/user/{}/orders", "/suche/{}", "/konto/{}/bestellungen/letzte", "/reset/{}/now", "/{}"),
        *("/recherche/{}.html", "/a/b/{}/", "/in/{}-de", "/search/who is {}", "/app/contacts/{}/edit"),
    ),
    "referrer": ("/mail/{}/inbox", "/find/{}", "/profile/{}", "/crm/{}/edit/now"),
    "property": (
        *(
            "{}",
            "{}",
            "{}",
            "Contact {} today",
            "from {} to shop",
            '{{"contact":"{}"}}',
            "value={}",
            "Call me: {}!",
            "<{}>",
        ),
        *("{} | Checkout", "({})", "Ihre Nachricht von {}, danke", "customer,{},paid"),
    ),
    "title": ("Inbox ({}) - Webmail", "Re: {}", "{} – Profil", "Order of {} | Shop", "Resultados de {}"),
    "campaign": ("{}", "news-{}"),
    "name": ("{}", "Clicked {}"),
    "key": ("{}", "form {}"),
}
_WEIGHTS = {"path": 6, "referrer": 3, "property": 6, "title": 3, "campaign": 1, "name": 1, "key": 1}

Encoding = Callable[[str], str]


def _half(text: str) -> str:
    return (
        text.replace("%", "%25")
        .replace("@", "%40")
        .replace("+", "%2B")
        .replace(" ", "%20")
        .replace("/", "%2F")
        .replace("#", "%23")
    )


_ENCODINGS: Sequence[tuple[Encoding, int]] = (
    (lambda text: text, 6),
    (_half, 2),
    (lambda text: quote(text, safe=""), 2),
    (lambda text: quote(quote(text, safe=""), safe=""), 1),
)


@cache
def corpus() -> tuple[Labelled, ...]:
    """Every text once; the same on every machine."""
    rng = random.Random(_SEED)
    return (*_texts(rng, _personal, SIZE // 2), *_texts(rng, _lookalike, SIZE // 2))


def _texts(rng: random.Random, make: Callable[[random.Random], Labelled], size: int) -> list[Labelled]:
    found: dict[tuple[str, str], Labelled] = {}
    while len(found) < size:
        text = make(rng)
        found.setdefault((text.place, text.sent), text)
    return list(found.values())


def _personal(rng: random.Random) -> Labelled:
    kind = _pick(rng, list(secrets_of_people.SHARES.items()))
    secret = written(rng, _pick(rng, secrets_of_people.KINDS[kind]), secrets_of_people.WORDS)
    return _placed(rng, kind, _grouped(rng, kind, secret), is_personal=True)


def _lookalike(rng: random.Random) -> Labelled:
    kind = rng.choice(list(lookalikes.KINDS))
    text = written(rng, _pick(rng, lookalikes.KINDS[kind]), lookalikes.WORDS)
    return _placed(rng, kind, text, is_personal=False)


def _grouped(rng: random.Random, kind: str, text: str) -> str:
    """Cards and account numbers as people break them up."""
    if kind == "card":
        sizes = [4, 6, len(text) - 10] if len(text) < 16 and len(text) != 13 else [4] * 5
        return rng.choice(secrets_of_people.CARD_SEPARATORS).join(_cut(text, sizes))
    if kind == "iban":
        return rng.choice((text, text.lower(), " ".join(_cut(text, [4] * 9)), "-".join(_cut(text, [4] * 9))))
    return text


def _cut(text: str, sizes: Sequence[int]) -> list[str]:
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [part for start, size in zip(starts, sizes, strict=True) if (part := text[start : start + size])]


def _placed(rng: random.Random, kind: str, text: str, *, is_personal: bool) -> Labelled:
    place = _pick(rng, list(_WEIGHTS.items()))
    around = rng.choice(_CONTEXTS[place]).replace("{{", "{").replace("}}", "}")
    head, _, tail = around.partition("{}")
    whole = f"{head}{text}{tail}"
    secret = _secret_part(kind, text) if is_personal else ""
    if place in ("path", "referrer"):
        encode = quote if "/" in text and not is_personal else _pick(rng, _ENCODINGS[1:3])
        sent = quote(head) + encode(text) + quote(tail)
        return Labelled(kind, place, sent, unquote(sent), secret)
    if place == "campaign":
        return Labelled(kind, place, quote(whole, safe=""), whole, secret)
    sent = f"{head}{_pick(rng, _ENCODINGS)(text)}{tail}"
    return Labelled(kind, place, sent, sent, secret)


def _secret_part(kind: str, text: str) -> str:
    """Of a login and of a named secret the rest may stay."""
    if kind == "login":
        return text.partition("://")[2].rpartition("@")[0].partition(":")[2] or text[8:40]
    named = _NAME_OF_SECRET.match(text) if kind in ("token", "phone") else None
    return text[named.end() :] if named else text


def _pick(rng: random.Random, rows: Sequence[tuple[T, int]]) -> T:
    return rng.choices([value for value, _ in rows], [weight for _, weight in rows])[0]
