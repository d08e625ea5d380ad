"""A few words as a small picture: what badges and counters are."""

from collections.abc import Callable
from io import BytesIO

from fastapi import Response
from PIL import Image, ImageDraw, ImageFont

from footfall.api.public_counts import headers_for_anybody
from footfall.texts import Words

_HEIGHT, _RADIUS, _LETTERS = 20, 4, 12
_LETTER_WIDTH = 7
_PADDING = 8
_GROUND, _INK = "#2f3437", "#fff"
_SCALE = 2  # of pixels, for screens that are fine
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" aria-label="{text}">
<title>{text}</title>
<rect width="{width}" height="{height}" rx="{radius}" fill="{ground}"/>
<text x="{middle}" y="14" fill="{ink}" font-family="system-ui, sans-serif" font-size="{letters}" text-anchor="middle"\
 textLength="{length}" lengthAdjust="spacingAndGlyphs">{text}</text>
</svg>
"""


def svg_response(text: str, words: Words) -> Response:
    """A picture that anybody may show and keep for a minute."""
    return Response(_svg(text), media_type="image/svg+xml", headers=headers_for_anybody(words))


def png_response(text: str, words: Words) -> Response:
    """The same where only pixels are shown, twice as large as it is meant to be."""
    return Response(_png(text), media_type="image/png", headers=headers_for_anybody(words))


AS_PICTURE: dict[str, Callable[[str, Words], Response]] = {"svg": svg_response, "png": png_response}


def _svg(text: str) -> str:
    length = _LETTER_WIDTH * len(text)
    width = length + 2 * _PADDING
    return _SVG.format(
        width=width,
        height=_HEIGHT,
        radius=_RADIUS,
        middle=width / 2,
        length=length,
        letters=_LETTERS,
        ground=_GROUND,
        ink=_INK,
        text=text,
    )


def _png(text: str) -> bytes:
    font = ImageFont.load_default(_LETTERS * _SCALE)  # Pillow brings it, so that no font of the machine counts
    width, height = round(font.getlength(text)) + 2 * _PADDING * _SCALE, _HEIGHT * _SCALE
    image = Image.new("RGBA", (width, height), "#0000")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), radius=_RADIUS * _SCALE, fill=_GROUND)
    draw.text((width / 2, height / 2), text, _INK, font, anchor="mm")
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
