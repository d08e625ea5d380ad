"""docs/reference/python-client.md names every call, error and parameter of the Python client."""

import inspect

import pytest
from tests.docs.pages import page

from footfall import client
from footfall.client import calls, errors
from footfall.client.values import Event

PAGE = page("reference/python-client.md")
CALLS = {
    name: function
    for name, function in vars(calls).items()
    if inspect.isfunction(function) and function.__module__ == calls.__name__ and not name.startswith("_")
}


@pytest.mark.parametrize("name", CALLS)
def test_it_documents_every_call(name: str) -> None:
    [line] = [line for line in PAGE.splitlines() if f"`{name}(" in line]

    for parameter in inspect.signature(CALLS[name]).parameters:
        assert parameter in line


@pytest.mark.parametrize("name", [name for name in client.__all__ if name != "calls"])
def test_it_documents_all_that_is_public(name: str) -> None:
    assert name in PAGE


def test_it_documents_every_error() -> None:
    classes = (value for value in vars(errors).values() if inspect.isclass(value))
    known = [one.__name__ for one in classes if one.__module__ == errors.__name__]

    assert [name for name in known if f"`{name}`" not in PAGE] == []


def test_events_have_the_fields_that_are_documented() -> None:
    fields = page("reference/events.md")

    assert [name for name in Event.__struct_fields__ if f"`{name}`" not in fields] == []
