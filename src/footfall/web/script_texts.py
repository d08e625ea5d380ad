"""What the scripts of pages say: each page carries these texts in its reader's language.

A script names them by their key, `said("copied")`; where a number decides, the page carries each form of the language.
"""

from footfall.texts import Phrase, counted, reader

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


def script_texts() -> dict[str, str | dict[str, str]]:
    """The texts in the reader's language; a plural as its forms by their name in the CLDR, which browsers know."""
    words = reader()
    return {key: _forms(said) if said.many else words.one(said.message) for key, said in SCRIPT_TEXTS.items()}


def _forms(said: Phrase) -> dict[str, str]:
    words, form_of = reader(), reader().locale.plural_form
    return {form_of(count): words.many(said.message, said.many, count) for count in range(_COUNTED_TO)}
