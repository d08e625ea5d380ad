import pytest

from footfall.enrich import Enricher, find_bot
from footfall.importers.demo.world import Device, load_world


def test_it_leads_only_to_pages_there_are() -> None:
    world = load_world()
    paths = {page.path for page in world.pages}

    assert {path for page in world.pages for path in page.next if path} <= paths
    assert {path for source in world.sources for path in source.entries} <= paths
    assert {action.page for action in world.actions} <= paths


def test_it_has_24_hours_and_7_weekdays() -> None:
    volume = load_world().volume

    assert (len(volume.weekdays), len(volume.hours), len(volume.weekend_hours)) == (7, 24, 24)


@pytest.mark.parametrize("device", load_world().devices, ids=lambda device: f"{device.os} {device.browser}")
def test_it_names_systems_and_browsers_as_enrichment_does(device: Device) -> None:
    version, system = device.browser_versions[0], device.os_versions[0]
    user_agent = device.user_agent.format(os=system, os_=system.replace(".", "_"), browser=version)

    agent = Enricher(None).agent(user_agent, None)

    assert (agent.os, agent.browser) == (device.os, device.browser)
    assert find_bot(user_agent) is None
