"""Everything that depends on who reads: sentences from a catalogue, numbers and dates as their locale writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel import Locale

from footfall.texts.catalogue import catalogue_of
from footfall.texts.dates import Dates
from footfall.texts.numbers import Numbers
from footfall.texts.phrase import Phrase

# Where a browser names a language only; for English that of the texts themselves.
_USUAL = {"en": "en_GB"}


class Words:
    """The words of one locale."""

    def __init__(self, locale: Locale) -> None:
        self.language = locale.language
        self.tag = str(locale).replace("_", "-")
        self.numbers = Numbers(locale)
        self.dates = Dates(locale)
        self.locale = locale
        self._catalogue = catalogue_of(locale.language)

    def one(self, message: str) -> str:
        """What a message of the catalogue is here; the message itself where the catalogue does not have it."""
        said = self._catalogue.sentences.get(message, message)
        return said if isinstance(said, str) else said[0]

    def many(self, one: str, many: str, count: float) -> str:
        """The form a message takes for so many."""
        said = self._catalogue.sentences.get(one)
        if not isinstance(said, tuple):
            return one if count == 1 else many
        return said[self._catalogue.form_of(int(count))]

    def of(self, said: str) -> str:
        """A text in this language; other strings as they are."""
        if not isinstance(said, Phrase):
            return said
        if said.many:
            return self.many(said.message, said.many, said.values["count"]).format_map(self.values(said.values))
        return self.one(said.message).format_map(self.values(said.values)) if said.values else self.one(said.message)

    def values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values for a sentence: numbers, days and texts as they are written here."""
        return {name: self._written(value) for name, value in values.items()}

    def _written(self, value: Any) -> Any:
        if isinstance(value, Phrase):
            return self.of(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self.numbers.whole(value)
        if isinstance(value, datetime):
            return self.dates.moment(value)
        return self.dates.day(value) if isinstance(value, date) else value

    def country(self, code: str) -> str:
        """The name of an ISO 3166 country; the code where there is none."""
        return str(self.locale.territories.get(code, code))

    def tongue(self, tag: str) -> str:
        """The name of a language given as `de` or `de-AT`; the tag where it has none."""
        language, _, region = tag.partition("-")
        name = self.locale.languages.get(language)
        if name is None:
            return tag
        return f"{name} ({self.country(region)})" if region else name


@lru_cache(maxsize=256)
def words_of(name: str) -> Words:
    """The words of a locale, named as `de` or `de_AT`."""
    return Words(Locale.parse(_USUAL.get(name, name)))
