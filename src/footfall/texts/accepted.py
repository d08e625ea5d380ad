"""Which words a reader gets: in the language they chose, else in the first their browser asks for that there is."""

from functools import lru_cache

from babel.localedata import exists

from footfall.texts.catalogue import ENGLISH, languages
from footfall.texts.words import Words, words_of

_CHARS = 200  # of an Accept-Language header; those of browsers are shorter


def accepted_words(accept_language: str, chosen: str = "") -> Words:
    """Choose by a language that was ``chosen``, where it is one of ours, and by an Accept-Language header.

    The header also tells of which country the numbers and dates are: German in Switzerland has its own.
    """
    return words_of(_locale_name(accept_language[:_CHARS], chosen if chosen in languages() else ""))


@lru_cache(maxsize=1024)
def _locale_name(accept_language: str, chosen: str) -> str:
    tags = [(language, region) for language, region in _tags(accept_language) if language in languages()]
    language = chosen or next((language for language, _ in tags), ENGLISH)
    regions = (region for known, region in tags if known == language and region)
    names = (f"{language}_{region}" for region in regions)
    return next((name for name in names if exists(name)), language)


def _tags(accept_language: str) -> list[tuple[str, str]]:
    """Language and region of each tag, the most wanted first (RFC 9110, section 12.5.4)."""
    weighed = [(_quality(quality), tag.strip()) for tag, _, quality in (
        part.partition(";") for part in accept_language.split(",")
    )]  # fmt: skip
    wanted = [tag for quality, tag in sorted(weighed, key=lambda each: -each[0]) if quality > 0]
    return [(tag.split("-")[0].lower(), _region(tag)) for tag in wanted]


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def _region(tag: str) -> str:
    """The last part where it is two letters, as in `de-CH` and `de-Latn-CH`."""
    _, *parts = tag.split("-")
    return parts[-1].upper() if parts and len(parts[-1]) == 2 and parts[-1].isascii() and parts[-1].isalpha() else ""
