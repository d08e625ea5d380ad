"""What is said on screens and in letters, in the language of who reads it.

A `Phrase` is an English sentence that knows how it was made; whoever has one may treat it as the plain string it is.
Only while a page or a letter is written is it said in another language: `written_for` tells for whom. Catalogues are
the `.po` files of `catalogues`; numbers, dates and names of places are those of the Unicode CLDR.
"""

from footfall.texts.accepted import accepted_words
from footfall.texts.catalogue import ENGLISH, language_name, languages
from footfall.texts.phrase import Phrase, counted
from footfall.texts.reading import reader, written_for
from footfall.texts.templates import speaks
from footfall.texts.words import Words, words_of

__all__ = [
    "ENGLISH",
    "Phrase",
    "Words",
    "accepted_words",
    "counted",
    "language_name",
    "languages",
    "reader",
    "speaks",
    "words_of",
    "written_for",
]
