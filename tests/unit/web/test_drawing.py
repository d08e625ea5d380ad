from footfall.web.drawing import Line, line


def test_it_draws_straight_segments_from_zero() -> None:
    assert line([0, 10, 5]) == Line("M0.00,100.00L50.00,0.00L100.00,50.00", "")


def test_it_leaves_gaps_where_nothing_is_known() -> None:
    assert line([2, None, 2, 1]).solid == "M0.00,0.00M66.67,0.00L100.00,50.00"


def test_it_tells_the_unfinished_segment_apart() -> None:
    drawn = line([1, 2, 1, None], is_open=True)

    assert drawn.solid.endswith("L33.33,0.00")
    assert drawn.open == "M33.33,0.00L66.67,50.00"


def test_it_draws_nothing_of_nothing() -> None:
    assert line([None, None]) == line([]) == Line("", "")


def test_it_keeps_a_flat_zero_on_the_ground() -> None:
    assert line([0, 0]).solid == "M0.00,100.00L100.00,100.00"
