from footfall.importers.demo.world import load_world


def test_it_leads_only_to_pages_there_are() -> None:
    world = load_world()
    paths = {page.path for page in world.pages}

    assert {path for page in world.pages for path in page.next if path} <= paths
    assert {path for source in world.sources for path in source.entries} <= paths
    assert {action.page for action in world.actions} <= paths


def test_it_has_24_hours_and_7_weekdays() -> None:
    volume = load_world().volume

    assert (len(volume.weekdays), len(volume.hours), len(volume.weekend_hours)) == (7, 24, 24)
