"""`footfall user`: people who may sign in."""

import sys

import click

from footfall.accounts import Purpose
from footfall.cli.people import open_people, public_address
from footfall.settings import Settings


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
@click.pass_obj
def add(settings: Settings, email: str, password_stdin: bool) -> None:
    """Make an account for EMAIL; the first one owns this install."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else click.prompt("Password", hide_input=True)
    with open_people(settings) as people:
        made = people.accounts.create_user(email, password)
    click.echo(f"Added {made.email}.")


@user.command("reset-password")
@click.argument("email")
@click.pass_obj
def reset_password(settings: Settings, email: str) -> None:
    """Print a link by which EMAIL sets a new password, once, within an hour."""
    with open_people(settings) as people:
        known = people.user(email)
        token = people.links.make(Purpose.RESET, known.email, known.id)
    click.echo(f"{public_address(settings)}/reset-password/{token}")


@user.command("remove-second-factor")
@click.argument("email")
@click.pass_obj
def remove_second_factor(settings: Settings, email: str) -> None:
    """Let EMAIL sign in with the password alone, whose app and recovery codes are lost."""
    with open_people(settings) as people:
        known = people.user(email)
        was_on = people.second_factors.switch_off(known.id)
    click.echo(f"{known.email} signs in without a code now." if was_on else f"{known.email} has no second factor.")
