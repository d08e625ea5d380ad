"""What the scripts of pages say: each page carries these texts in its reader's language.

A script names them by their key, `said("copied")`; where a number decides, the page carries each form of the language.
"""

from functools import lru_cache

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from footfall.texts import Phrase, Words, counted, reader

# Every form of a plural shows itself below this number, in all languages.
_COUNTED_TO = 200

SCRIPT_TEXTS: dict[str, Phrase] = {
    "at_most": Phrase("at most {count} a minute"),
    "billions": Phrase("{number}B"),
    "browser_on_device": Phrase("{browser} on {device}"),
    "copied": Phrase("Copied"),
    "current_visitors": counted("current visitor", "current visitors", 1),
    "device_Desktop": Phrase("Desktop"),
    "device_Laptop": Phrase("Laptop"),
    "device_Mobile": Phrase("Mobile"),
    "device_Tablet": Phrase("Tablet"),
    "direct": Phrase("Direct"),
    "from_source": Phrase("from {source}"),
    "live": Phrase("Live"),
    "lost": Phrase("Connection lost, trying again"),
    "millions": Phrase("{number}M"),
    "minutes_long": Phrase("{count}m"),
    "minutes": Phrase("Visitors in each of the last {count} minutes: {figures}"),
    "note_on": Phrase("Note on {days}: {notes}"),
    "noted": Phrase("note: {notes}"),
    "now": Phrase("{count} now"),
    "paused": Phrase("Paused"),
    "percent": Phrase("{count}%"),
    "press_to_copy": Phrase("Press Ctrl+C"),
    "seconds": Phrase("{count}s"),
    "selected": Phrase("{first} to {last} selected"),
    "thousands": Phrase("{number}k"),
    "unfinished": Phrase("Not over yet"),
    "viewed": Phrase("viewed"),
}


def script_texts() -> Markup:
    """The texts in the reader's language, as JSON for an attribute in single quotes.

    A plural is there as its forms by their name in the CLDR, which browsers know.
    """
    return _json(reader())


@lru_cache(maxsize=256)
def _json(words: Words) -> Markup:
    return htmlsafe_json_dumps({key: _said(key, words) for key in SCRIPT_TEXTS})


def _said(key: str, words: Words) -> str | dict[str, str]:
    said, form_of = SCRIPT_TEXTS[key], words.locale.plural_form
    if not said.many:
        return words.one(said.message)
    return {form_of(count): words.many(said.message, said.many, count) for count in range(_COUNTED_TO)}
