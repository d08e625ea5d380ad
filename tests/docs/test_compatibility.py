"""docs/reference/compatibility.md tells of every path and field of other products' clients what becomes of it."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from tests.acceptance.test_front_doors import CLAIMS, goatcounter, umami
from tests.docs.pages import page, rows, section

from footfall.app import open_install
from footfall.app.protocols import protocol_routes
from footfall.collect.goatcounter.api import SentHit, SentHits
from footfall.collect.goatcounter.count import PARAMETERS
from footfall.collect.plausible.door import ADDRESS_HEADERS
from footfall.collect.plausible.fields import NAMES
from footfall.collect.plausible.script import PARTS
from footfall.collect.umami.payload import Payload, Request
from footfall.metadata.clock import system_clock
from footfall.settings import Settings

PAGE = page("reference/compatibility.md")
PRODUCTS = ("Plausible", "Umami", "GoatCounter")
VERDICTS = {"honoured", "key", "ignored"}


def table(heading: str) -> list[list[str]]:
    """The rows under a heading, without the head."""
    return rows(section(PAGE, f"### {heading}"))[2:]


def verdicts(heading: str) -> dict[str, str]:
    """Field → what becomes of it."""
    head, *_ = rows(section(PAGE, f"### {heading}"))
    return {row[0]: row[head.index("here")] for row in table(heading)}


def names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().strip("`") for name in text.split(",") if name.strip())


def fields(*structs: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for struct in structs for field in msgspec.structs.fields(struct)}


def test_it_documents_every_path(tmp_path: Path) -> None:
    with open_install(Settings(data_dir=tmp_path, max_memory_mb=800), system_clock) as install:
        routes = protocol_routes(install, install.people.keys.check)

    documented = [row for product in PRODUCTS for row in table(f"Paths of {product}")]
    assert {row[0]: set(names(row[1])) for row in documented} == {route.path: set(route.methods) for route in routes}


def test_it_documents_every_field_of_plausible_by_all_its_names() -> None:
    documented = {row[0]: {row[0], *names(row[1])} for row in table("Fields of Plausible's event")}

    assert {field: documented[field] for field in NAMES} == {field: set(known) for field, known in NAMES.items()}


def test_it_documents_plausibles_headers_in_their_order() -> None:
    (addresses, *_) = table("Headers of Plausible's event")

    assert [name.lower().encode() for name in names(addresses[0])] == list(ADDRESS_HEADERS)


def test_it_documents_every_part_of_plausibles_scripts() -> None:
    (parts,) = (row for row in table("Plausible's script") if row[0] == "parts")

    assert {part for part in PARTS if f"`{part}`" not in f"`{parts[1]}` `{parts[2]}"} == set()


def test_it_documents_every_field_and_type_of_umami() -> None:
    known = fields(Payload) | {"title"}  # not even read

    assert verdicts("Fields of Umami's payload").keys() == known
    assert verdicts("Types of Umami's requests").keys() == set(Request.__annotations__["type"].__args__)


def test_it_documents_every_field_of_goatcounter() -> None:
    read = {name for name, verdict in verdicts("Parameters of a GoatCounter hit").items() if verdict == "honoured"}

    assert read == {*PARAMETERS, "site"}
    assert verdicts("Fields of GoatCounter's API").keys() == fields(SentHit, SentHits)


@pytest.mark.parametrize(
    "heading",
    [
        "Fields of Plausible's event",
        "Headers of Plausible's event",
        "Types of Umami's requests",
        "Fields of Umami's payload",
        "Parameters of a GoatCounter hit",
        "Fields of GoatCounter's API",
    ],
)
def test_it_gives_one_of_three_verdicts(heading: str) -> None:
    assert set(verdicts(heading).values()) <= VERDICTS


def proven(door: object) -> Iterable[str]:
    """The fields which a test sends with a key and without."""
    return {field for send, field, _, _ in CLAIMS if send is door} | {"ip"}


def test_it_asks_for_a_key_where_a_test_proves_it() -> None:
    of_umami, of_goatcounter = verdicts("Fields of Umami's payload"), verdicts("Fields of GoatCounter's API")

    assert {field for field, verdict in of_umami.items() if verdict == "key"} == proven(umami)
    assert {of_goatcounter[field] for field in proven(goatcounter)} == {"key"}
