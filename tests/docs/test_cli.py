"""docs/reference/cli.md explains every command, argument and option, in the words of the code."""

from collections.abc import Iterator

import click
import pytest
from tests.docs.pages import page, section

from footfall.cli import main
from footfall.cli.commands import COMMANDS as ROWS
from footfall.cli.commands import Row

PAGE = page("reference/cli.md")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that can be run, with its full name."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for child in command.list_commands(context):
        found = command.get_command(context, child)
        assert found is not None
        yield from commands(found, f"{name} {child}")


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


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_it_lists_each_command_by_the_first_sentence_of_its_help(row: Row) -> None:
    command = main.get_command(click.Context(main), row.name)

    assert command is not None
    assert command.name == row.name
    assert command.get_short_help_str(limit=200) == row.summary
    assert command.hidden is not row.is_listed
