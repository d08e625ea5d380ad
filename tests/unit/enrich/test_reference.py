"""How our tables fare against facts gathered by others; each figure is printed, and may not fall below its target."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from tests.unit.enrich.conftest import ReadReference

from footfall.enrich import find_bot, find_source, parse_agent
from footfall.enrich.agent import browser_name, system_name


def hosts_of(rows: list[Any]) -> Iterator[str]:
    for row in rows:
        for address in row["urls"] if isinstance(row, dict) else [row]:
            yield address.partition("/")[0].replace("{}", "com")


def is_recognised(rows: list[Any], categories: set[str]) -> bool:
    known = (find_source(host) for host in hosts_of(rows))
    return any(source and source.name and source.category in categories for source in known)


@pytest.mark.parametrize(
    ("file", "categories", "target"),
    [
        ("Socials.yml", {"social", "video"}, 0.9),
        ("AIAssistants.yml", {"ai"}, 0.9),
        ("SearchEngines.yml", {"search"}, 0.6),
    ],
)
def test_it_recognises_sources(read_reference: ReadReference, file: str, categories: set[str], target: float) -> None:
    names = read_reference(f"matomo/{file}")

    share = sum(is_recognised(rows, categories) for rows in names.values()) / len(names)

    print(f"{file}: {share:.1%} of {len(names)} names")
    assert share >= target


def version_of(case: dict[str, str | None]) -> str:
    return ".".join(part for part in (case["major"], case["major"] and case["minor"]) if part)


def test_it_agrees_on_browsers(read_reference: ReadReference) -> None:
    cases = read_reference("uap-core/test_ua.yaml")["test_cases"]
    agents = [parse_agent(case["user_agent_string"]) for case in cases]

    share = share_equal(
        [(agent.browser, agent.browser_version) for agent in agents],
        [(browser_name(case["family"]), version_of(case)) for case in cases],
    )

    print(f"browsers: {share:.1%} of {len(cases)} agents")
    assert share >= 0.98


def test_it_agrees_on_systems(read_reference: ReadReference) -> None:
    cases = read_reference("uap-core/test_os.yaml")["test_cases"]
    agents = [parse_agent(case["user_agent_string"]) for case in cases]

    share = share_equal(
        [(agent.os, agent.os_version) for agent in agents],
        [(system_name(case["family"]), version_of(case)) for case in cases],
    )

    print(f"systems: {share:.1%} of {len(cases)} agents")
    assert share >= 0.98


def share_equal(got: Sequence[object], expected: Sequence[object]) -> float:
    return sum(a == b for a, b in zip(got, expected, strict=True)) / len(expected)


MACHINES_IN_THE_BROWSERS_FILE = {
    "Miniature.io": "takes pictures of pages",
    "Lucidworks-Anda": "the crawler of a search product",
    "YLT Chrome": "YellowLab Tools, measures pages",
    "GTmetrix": "measures pages",
    "MyLib": "an HTTP library, with no mark of a browser",
    "Slurp": "Yahoo's crawler; its group there is 'Insignificant bots', not worth blocking",
    "Amzn-User": "Amazon's assistant, reading a page for somebody",
}
"""What that file counts among browsers, as some would not block it, but is no person reading a page."""


@pytest.mark.parametrize("half", [0, 1], ids=["the half the tables were made with", "the half they have never seen"])
def test_it_tells_machines_from_people(read_reference: ReadReference, half: int) -> None:
    crawlers = agents_of(read_reference("isbot/crawlers.yml"), half)
    listed = agents_of(read_reference("isbot/browsers.yml"), half)
    browsers = [agent for agent in listed if not any(name in agent for name in MACHINES_IN_THE_BROWSERS_FILE)]

    caught, flagged = share_of_bots(crawlers), share_of_bots(browsers)

    print(f"half {half}: {caught:.1%} of {len(crawlers)} machines caught, {flagged:.1%} of {len(browsers)} browsers;")
    print(f"{len(listed) - len(browsers)} agents left out of {len(listed)}, which the file calls browsers but are none")
    assert caught >= 0.95
    assert flagged <= 0.005
    assert len(listed) - len(browsers) <= len(MACHINES_IN_THE_BROWSERS_FILE)


def agents_of(groups: dict[str, list[str] | None], half: int) -> list[str]:
    return [str(agent) for agents in groups.values() for agent in agents or []][half::2]


def share_of_bots(agents: list[str]) -> float:
    return sum(find_bot(agent) is not None for agent in agents) / len(agents)
