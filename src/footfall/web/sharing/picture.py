"""The picture of a shared chart that other sites show beside a link to it (Open Graph): 1,200 by 630, PNG."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_TWICE = 2  # drawn twice as large, then halved: that is how lines get smooth edges
_GROUND, _INK, _GREY, _LINE, _ACCENT, _FILL = "#faf9f5", "#1b1a17", "#6e6c63", "#e7e4dc", "#2d4ecf", "#e6eaf7"
_LEFT, _TOP, _BOTTOM = 72, 300, 552
_MARK = ((0, 22, 12, 38), (20, 12, 32, 38), (40, 0, 52, 38))


def chart_picture(domain: str, figure: str, caption: str, values: Sequence[float | None]) -> bytes:
    """Draw one: the site, its figure, what the figure is, and the line of ``values``."""
    image = Image.new("RGB", (WIDTH * _TWICE, HEIGHT * _TWICE), _GROUND)
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in _MARK:
        box = [_at(_LEFT + left), _at(64 + top), _at(_LEFT + right), _at(64 + bottom)]
        draw.rounded_rectangle(box, radius=_at(4), fill=_ACCENT)
    draw.text((_at(_LEFT + 72), _at(83)), _fitting(domain, 48), _INK, _font(40), anchor="lm")
    draw.text((_at(_LEFT), _at(246)), figure, _INK, _font(112), anchor="ls")
    beside = _LEFT + draw.textlength(figure, _font(112)) / _TWICE + 24
    draw.text((_at(beside), _at(246)), caption, _GREY, _font(36), anchor="ls")
    _draw_line(draw, values)
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    written = BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_line(draw: ImageDraw.ImageDraw, values: Sequence[float | None]) -> None:
    highest = max((value or 0 for value in values), default=0) or 1
    span, height = WIDTH - 2 * _LEFT, _BOTTOM - _TOP
    points = [
        (_at(_LEFT + span * index / max(1, len(values) - 1)), _at(_BOTTOM - height * value / highest))
        for index, value in enumerate(values)
        if value is not None
    ]
    if len(points) > 1:
        draw.polygon([(points[0][0], _at(_BOTTOM)), *points, (points[-1][0], _at(_BOTTOM))], fill=_FILL)
        draw.line(points, fill=_ACCENT, width=_at(4), joint="curve")
    draw.line([(_at(_LEFT), _at(_BOTTOM)), (_at(WIDTH - _LEFT), _at(_BOTTOM))], fill=_LINE, width=_at(2))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    # Pillow carries one (Aileron, in the public domain), so nothing depends on the fonts of the machine.
    return ImageFont.load_default(_at(size))


def _fitting(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _at(length: float) -> int:
    return round(length * _TWICE)
