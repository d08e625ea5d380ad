"""Lines drawn on the server: straight segments from zero, as the path of an SVG that stretches to its place."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 100, 100

Values = Sequence[float | None]


class Line(NamedTuple):
    """Path data of what is certain, and of the last segment where it is not yet."""

    solid: str
    open: str


def line(values: Values, *, top: float | None = None, is_open: bool = False) -> Line:
    """Draw ``values`` on a plane of 100 by 100; ``top`` is the value at its upper edge.

    Gaps stay gaps. With ``is_open`` the last segment is told apart.
    """
    known = [index for index, value in enumerate(values) if value is not None]
    if not known:
        return Line("", "")
    highest = top or max(value for value in values if value is not None) or 1
    points = [_point(index, value, len(values), highest) for index, value in enumerate(values)]
    last = known[-1]
    if not is_open or last == 0:
        return Line(_path(points), "")
    return Line(_path(points[:last]), _path(points[last - 1 : last + 1]))


def _point(index: int, value: float | None, count: int, highest: float) -> str:
    if value is None:
        return ""
    return f"{WIDTH * index / max(1, count - 1):.2f},{HEIGHT - HEIGHT * value / highest:.2f}"


def _path(points: Sequence[str]) -> str:
    """Move to the first point after a gap, draw to the others."""
    commands = []
    for before, point in zip(["", *points], points, strict=False):
        if point:
            commands.append(("L" if before else "M") + point)
    return "".join(commands)
