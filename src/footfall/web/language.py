"""In which language a page is written, and what its answer tells of that."""

from fastapi import Request

from footfall.texts import Words, accepted_words

LANGUAGE_PARAMETER = "lang"
"""What the address of a shared dashboard may ask for: a framed page cannot know its reader otherwise."""


def words_for(request: Request) -> Words:
    """The words of who asks: in their own language, in that of the address of a shared page, or as the browser says."""
    user = getattr(request.state, "user", None)
    chosen = user.language if user else request.query_params.get(LANGUAGE_PARAMETER, "")
    return accepted_words(request.headers.get("accept-language", ""), chosen)


def language_headers(words: Words) -> dict[str, str]:
    """What caches and readers are told."""
    return {"content-language": words.tag, "vary": "Accept-Language, Cookie"}
