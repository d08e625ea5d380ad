import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.reports.figures import HEADLINE, METRICS, Direction, Unit, change, direction


@pytest.mark.parametrize(
    ("current", "previous", "unit", "changed"),
    [
        (120, 100, Unit.COUNT, 20),
        (0, 5, Unit.COUNT, -100),
        (5, 0, Unit.COUNT, 100),
        (0, 0, Unit.COUNT, 0),
        (40, 50, Unit.PERCENT, -10),
        (None, 5, Unit.SECONDS, None),
        (5, None, Unit.RATIO, None),
    ],
)
def test_it_tells_changes_as_metrics_md_does(
    current: float | None, previous: float | None, unit: Unit, changed: float | None
) -> None:
    assert change(current, previous, unit) == changed


def test_it_knows_that_fewer_bounces_are_better() -> None:
    assert direction(METRICS["bounce_rate"], -3) is Direction.BETTER
    assert direction(METRICS["visitors"], -3) is Direction.WORSE


@given(st.sampled_from(HEADLINE), st.integers(min_value=1, max_value=1000))
def test_it_calls_opposite_changes_opposites(name: str, size: int) -> None:
    metric = METRICS[name]

    assert {direction(metric, size), direction(metric, -size)} == {Direction.BETTER, Direction.WORSE}
    assert direction(metric, 0) is direction(metric, None) is Direction.SAME
