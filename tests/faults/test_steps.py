"""Death between each pair of steps of the applier, and again between each pair while it mends."""

import pytest
from tests.faults.rig import Rig

STEPS = ("taken", "inserted", "crawler views inserted", "finished")
STEPS_OF_MENDING = ("deleted", "journalled again", "inserted again", "visits rebuilt", "finished")


@pytest.mark.parametrize("step", STEPS)
def test_it_loses_and_doubles_nothing_when_killed_between_two_steps(rig: Rig, step: str) -> None:
    rig.die_under_load(step)

    rig.check_nothing_lost_or_doubled()


def test_it_loses_and_doubles_nothing_when_killed_while_mending(rig: Rig) -> None:
    rig.die_under_load("taken")

    for step in STEPS_OF_MENDING:
        rig.die_while_mending(step)

    rig.check_nothing_lost_or_doubled()


def test_it_mends_a_batch_whose_views_by_machines_are_missing(rig: Rig) -> None:
    rig.die_under_load("inserted")

    rig.die_while_mending("deleted")

    rig.check_nothing_lost_or_doubled()
