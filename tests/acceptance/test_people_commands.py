"""`footfall user`, `site`, `key` and `goal`: beside a running server or without one."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.acceptance.authenticator import with_app
from tests.people import PASSWORD, Install

from footfall.accounts import AuditLog
from footfall.cli.commands.goal import goal
from footfall.cli.commands.key import key
from footfall.cli.commands.site import site
from footfall.cli.commands.user import user
from footfall.errors import FootfallError
from footfall.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    given = {name.removeprefix("FOOTFALL_").lower(): value for name, value in environment.items()}
    settings = Settings.model_validate(given | {"base_url": "https://stats.example.com/"})

    @click.group()
    def root() -> None: ...

    for command in (user, site, key, goal):
        root.add_command(command)

    def invoke(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(root, arguments, input=stdin, obj=settings)

    return invoke


def test_it_starts_from_nothing(run: Run, tmp_path: Path) -> None:
    added = run("user", "add", "alice@example.com", "--password-stdin", stdin=f"{PASSWORD}\n")
    site_added = run("site", "add", "www.Example.com", "--timezone", "Europe/Tallinn", "--owner", "alice@example.com")
    listed = run("site", "list")

    domain, public_id, timezone = listed.output.strip().split("\t")
    assert (added.exit_code, added.output) == (0, "Added alice@example.com.\n")
    assert (domain, timezone) == ("example.com", "Europe/Tallinn")
    assert site_added.output == f'<script defer src="https://stats.example.com/js/{public_id}.js"></script>\n'


def test_it_prints_only_the_key(run: Run, install: Install) -> None:
    owners = run("key", "create", "--owner", "alice@example.com", "--scope", "events:write", "--scope", "stats:read")
    sites = run("key", "create", "--site", "example.com", "--scope", "stats:read")

    for result in (owners, sites):
        assert result.output.startswith("ff_")
        assert install.keys.check(result.output.strip(), "stats:read").may_use(install.site.id)


def test_it_is_seen_by_a_running_server(run: Run, install: Install) -> None:
    run("site", "add", "new.example", "--timezone", "Etc/UTC")
    install.clock.move(seconds=1)

    site = install.sites.by_domain("new.example")

    assert site is not None
    assert install.sites.may_manage(install.alice.id, site.id)


def test_it_adds_and_lists_goals(run: Run, install: Install) -> None:
    run("goal", "add", "--site", "example.com", "--event", "Signup")
    run("goal", "add", "--site", "example.com", "--page", "/thanks*", "--name", "Thanks")
    run("goal", "add", "--site", "example.com", "--event", "Order", "--currency", "eur")

    lines = run("goal", "list", "--site", "example.com").output.splitlines()

    assert [line.split("\t")[1:] for line in lines] == [
        ["event", "Signup", "Signup", ""],
        ["page", "/thanks*", "Thanks", ""],
        ["event", "Order", "Order", "EUR"],
    ]


def test_it_adds_goals_with_conditions(run: Run, install: Install) -> None:
    run("goal", "add", "--site", "example.com", "--event", "Signup", "--property", "plan", "pro")
    run("goal", "add", "--site", "example.com", "--page", "/blog/**", "--scroll", "75")

    signup, read = install.goals.of_site(install.site.id)

    assert signup.properties == (("plan", "pro"),)
    assert (read.kind, read.scroll_percent, read.display_name) == ("scroll", 75, "Scroll to 75% of /blog/**")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("user", "add", "alice@example.com", "--password-stdin"), "There is an account with this e-mail address"),
        (("user", "add", "nobody", "--password-stdin"), "Enter an e-mail address"),
        (("site", "add", "example.com", "--timezone", "Etc/UTC"), "There is a site example.com already"),
        (("site", "add", "new.example", "--timezone", "Mars"), "Choose a time zone"),
        (("site", "add", "new.example", "--timezone", "Etc/UTC", "--owner", "x@y.example"), "There is no user"),
        (("key", "create", "--site", "no.example", "--scope", "admin"), "There is no site no.example"),
        (("goal", "add", "--site", "example.com", "--page", "thanks"), "Enter a path that starts with /"),
        (("goal", "add", "--site", "example.com", "--event", "Order", "--currency", "euro"), "Enter a currency as"),
    ],
)
def test_it_says_in_one_sentence_what_is_wrong(
    run: Run, install: Install, arguments: tuple[str, ...], sentence: str
) -> None:
    result = run(*arguments, stdin=f"{PASSWORD}\n")

    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, FootfallError)
    assert result.exception.message.startswith(sentence)


@pytest.mark.parametrize("holders", [(), ("--owner", "alice@example.com", "--site", "example.com")])
def test_it_asks_for_one_holder_of_a_key(run: Run, holders: tuple[str, ...]) -> None:
    assert run("key", "create", "--scope", "admin", *holders).exit_code == 2


def test_it_removes_a_lost_second_factor(run: Run, install: Install) -> None:
    with_app(install, install.bob)
    assert install.entrance.enter(install.bob.id).needs_code

    removed = run("user", "remove-second-factor", "bob@example.com")
    again = run("user", "remove-second-factor", "bob@example.com")

    assert removed.output == "bob@example.com signs in without a code now.\n"
    assert again.output == "bob@example.com has no second factor.\n"
    assert not install.entrance.enter(install.bob.id).needs_code
    [entry] = [one for one in AuditLog(install.database, install.clock).entries() if one.action == "second factor off"]
    assert (entry.actor, entry.subject_id) == ("command line", install.bob.id)
