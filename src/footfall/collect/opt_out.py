"""The visitor's switch: its script, with its words in the language of who reads the page it stands on."""

import json
from functools import lru_cache
from urllib.parse import parse_qs

from footfall.collect.http import Headers, Scope, text
from footfall.collect.script import piece
from footfall.texts import Phrase, Words, accepted_words

_TEXTS = {  # as attributes of the script's line name them (tracker/src/opt_out.ts)
    "label": Phrase("Do not count my visits"),
    "counted": Phrase("Visits from this browser are counted."),
    "ignored": Phrase("Visits from this browser are not counted."),
    "signal": Phrase("Your browser asks not to be tracked, so its visits are not counted."),
    "blocked": Phrase("Your browser keeps no settings for this site, so the choice cannot be kept."),
    "withdraw": Phrase("Withdraw my consent"),
    "withdrawn": Phrase("Your consent is withdrawn. Visits are counted without recognising this browser."),
}


def words_of_visitor(scope: Scope, headers: Headers) -> Words:
    """Those of the page, where its line says `?lang=de`, else those of the browser."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])
    return accepted_words(text(headers, b"accept-language"), asked[-1])


@lru_cache(maxsize=256)
def opt_out_script(words: Words) -> bytes:
    """The JavaScript to serve at ``/js/opt-out.js``."""
    said = json.dumps({name: words.of(phrase) for name, phrase in _TEXTS.items()}, separators=(",", ":"))
    return f"({piece('opt_out')})({said})".encode()
