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


_NO_PLAIN_BROWSERS = ("ZZZ Glitches and Misidentified Browsers", "ZZZ Insignificat bots")
"""Groups of the browsers' file that hold names of bot lists, broken agents, and bots "not worth blocking"."""


@pytest.mark.parametrize("half", [0, 1], ids=["the half the tables were made with", "the half they have never seen"])
def test_it_tells_machines_from_people(read_reference: ReadReference, half: int) -> None:
    crawlers = agents_of(read_reference("isbot/crawlers.yml"), half)
    browsers = agents_of(read_reference("isbot/browsers.yml"), half)
    plain = [(group, agent) for group, agent in browsers if not group.startswith(_NO_PLAIN_BROWSERS)]

    caught, flagged, flagged_plain = share_of_bots(crawlers), share_of_bots(browsers), share_of_bots(plain)

    print(f"half {half}: {caught:.1%} of {len(crawlers)} machines caught, {flagged:.1%} of {len(browsers)} browsers")
    print(f"flagged, {flagged_plain:.2%} of the {len(plain)} plain ones")
    assert caught >= 0.95
    assert flagged_plain <= 0.008
    assert flagged <= 0.026


def agents_of(groups: dict[str, list[str] | None], half: int) -> list[tuple[str, str]]:
    return [(name, str(agent)) for name, agents in groups.items() for agent in agents or []][half::2]


def share_of_bots(agents: list[tuple[str, str]]) -> float:
    return sum(find_bot(agent) is not None for _, agent in agents) / len(agents)
