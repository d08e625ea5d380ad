"""What is remembered of look-ups is bounded in bytes, too: whoever sends long texts fills no memory."""

import tracemalloc

import pytest

from footfall.collect.plausible.fields import domains
from footfall.collect.sender import sender_of
from footfall.enrich import ClientHints, PlaceFinder, language_of, mask_properties, parse_agent, parse_page

LOOK_UPS = 200
_LONG = 60_000
_KEPT_BYTES = LOOK_UPS * _LONG // 3


@pytest.mark.parametrize(
    "look_up",
    [
        lambda text: parse_page(f"https://alice.example/?q={text}"),
        lambda text: parse_page(f"https://alice.example/?utm_source={text}", kept_parameters=("q",)),
        lambda text: parse_agent(sender_of({b"user-agent": text.encode()}, "").user_agent),
        lambda text: language_of(sender_of({b"accept-language": text.encode()}, "").language),
        lambda text: ClientHints.from_headers({b"sec-ch-ua": text.encode()}),
        language_of,
        lambda text: PlaceFinder(None).find("", text),
        lambda text: mask_properties({"note": text, "url": f"https://alice.example/{text}"[:2_000]}),
        lambda text: domains({"d": text}, "alice.example"),
    ],
    ids=["query", "campaign", "agent", "accepted languages", "hints", "language", "time zone", "property", "domain"],
)
def test_it_does_not_keep_long_texts(look_up) -> None:  # type: ignore[no-untyped-def]
    look_up("warm")
    tracemalloc.start()

    for number in range(LOOK_UPS):
        look_up(f"{number}".rjust(_LONG, "x"))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < _KEPT_BYTES
