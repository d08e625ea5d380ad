"""The world map: countries shaded by their visitors in one hue, drawn on the server.

Shapes are Natural Earth's, which are in the public domain; `scripts/map.mjs` makes the tables: the whole
world in few points, and what is looked at closely in more.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

SHADES = 5
_MARGIN = 0.6  # around a country that is looked at, in its own size
_LEAST_SIDE = 0.06  # of the width of the world
_WORLD, _NEAR = "world", "near"

Box = tuple[float, float, float, float]


class Shape(NamedTuple):
    """The outline of a country as SVG path data, and the box around its largest part."""

    path: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Shaded:
    """A country and its visitors; ``shade`` counts from 1, the palest; 0 is nobody."""

    country: str
    visitors: int
    shade: int
    path: str


@dataclass(frozen=True)
class WorldMap:
    """``land`` is where nobody came from; ``unplaced`` are countries too small to be drawn.

    ``focus`` is the one looked at.
    """

    view_box: str
    land: str
    countries: tuple[Shaded, ...]
    unplaced: tuple[str, ...] = ()
    focus: str = ""


def world_map(visitors: Mapping[str, int], *, focus: str = "", each: bool = False) -> WorldMap:
    """Shade countries by their visitors in one hue; ``focus`` is the country to look at closely.

    With ``each``, countries without visitors are drawn one by one, too: in the palest shade, 0.
    """
    drawing = _NEAR if focus in _shapes(_NEAR) else _WORLD
    view = _view(drawing, focus)
    shapes = {code: one for code, one in _shapes(drawing).items() if _meets(one.box, view) or drawing == _WORLD}
    most = max(visitors.values(), default=0)
    shaded = tuple(
        Shaded(code, count, _shade(count, most), shapes[code].path)
        for code, count in visitors.items()
        if code in shapes and count
    )
    if each:
        shaded += tuple(Shaded(code, 0, 0, one.path) for code, one in shapes.items() if not visitors.get(code))
    land = "".join(shape.path for code, shape in shapes.items() if not each and not visitors.get(code))
    unplaced = tuple(code for code in visitors if code not in _shapes(drawing))
    return WorldMap(" ".join(f"{one:.0f}" for one in view), land, shaded, unplaced, focus if drawing == _NEAR else "")


def _shade(count: int, most: int) -> int:
    """By the square root, so that one with a tenth of the most visitors is told apart from one with none."""
    return min(SHADES, 1 + math.floor(SHADES * math.sqrt(count / max(1, most))))


def _view(drawing: str, focus: str) -> Box:
    """The part of a drawing that is looked at: left, top, width and height."""
    width, height = _size(drawing)
    shape = _shapes(drawing).get(focus)
    if shape is None:
        return (0, 0, width, height)
    left, top, right, bottom = shape.box
    least = _LEAST_SIDE * width
    side = max(least, (1 + _MARGIN) * max(right - left, (bottom - top) * width / height))
    wide, high = min(side, width), min(side, width) * height / width
    x = min(max(0, (left + right - wide) / 2), width - wide)
    y = min(max(0, (top + bottom - high) / 2), height - high)
    return (x, y, wide, high)


def _meets(box: tuple[int, int, int, int], view: Box) -> bool:
    """Whether the largest part of a country is in view; its islands elsewhere are left out with it."""
    left, top, right, bottom = box
    x, y, wide, high = view
    return left < x + wide and right > x and top < y + high and bottom > y


@cache
def _shapes(drawing: str) -> dict[str, Shape]:
    return {code: Shape(one["path"], tuple(one["box"])) for code, one in _table(drawing)["shapes"].items()}


def _size(drawing: str) -> tuple[int, int]:
    return _table(drawing)["width"], _table(drawing)["height"]


@cache
def _table(drawing: str) -> dict[str, Any]:
    file = resources.files("footfall.web").joinpath("tables", f"{drawing}.json")
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return table
