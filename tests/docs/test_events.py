"""docs/reference/events.md explains every field of an event and every reason to drop one."""

from tests.docs.pages import page, rows, section

from footfall.collect import wire
from footfall.domain import DropReason

PAGE = page("reference/events.md")


def test_it_documents_every_field() -> None:
    documented = [row[0] for row in rows(section(PAGE, "## Fields"))[2:]]

    known = list(wire.field_names())
    assert sorted(documented) == sorted(known)


def test_it_documents_every_reason_to_drop() -> None:
    documented = [row[0] for row in rows(section(PAGE, "## Why events are dropped"))[2:]]

    assert documented == [reason.value for reason in DropReason]


def test_it_states_the_limits_of_the_code() -> None:
    fields = " ".join(section(PAGE, "## Fields").split())

    for limit in (
        f"1–{wire.MAX_NAME_CHARS} characters",
        f"at most {wire.MAX_ID_CHARS} characters",
        f"at most {wire.MAX_VISITOR_CHARS} characters",
        f"at most {wire.MAX_PROPERTY_KEY_BYTES} bytes, a value {wire.MAX_PROPERTY_VALUE_BYTES:,}",
        f"at most {wire.MAX_AHEAD_MS // 60_000} minutes ahead",
    ):
        assert limit in fields
