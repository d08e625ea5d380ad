"""docs/reference/cli.md explains every command, argument and option, in the words of the code."""

from collections.abc import Iterator

import click
import pytest
from tests.docs.pages import page, section

from footfall.cli import main

PAGE = page("reference/cli.md")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that can be run, with its full name."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for child in command.commands.values():
        yield from commands(child, f"{name} {child.name}")


def spellings(parameter: click.Parameter) -> list[str]:
    """How an option or argument is written; options with the mark that opens code."""
    if isinstance(parameter, click.Option):
        return [f"`{option}" for option in parameter.opts]
    return [parameter.make_metavar(click.Context(main))]


COMMANDS = dict(commands(main, "footfall"))


@pytest.mark.parametrize("name", COMMANDS)
def test_it_documents_every_command_with_all_its_options(name: str) -> None:
    text = section(PAGE, f"## {name}")

    missing = [word for parameter in COMMANDS[name].params for word in spellings(parameter) if word not in text]
    assert missing == []


def test_it_documents_no_command_that_is_gone() -> None:
    headings = {line.removeprefix("## ") for line in PAGE.splitlines() if line.startswith("## footfall ")}

    assert headings == COMMANDS.keys()
