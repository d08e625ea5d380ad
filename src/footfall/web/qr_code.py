"""QR codes as SVG in the page: no picture of a secret is ever fetched, cached or written to a file."""

import segno
from markupsafe import Markup


def qr_code(text: str, title: str) -> Markup:
    """Draw ``text``, dark on light in either theme, for cameras want it so; ``title`` says what it is."""
    drawn = segno.make_qr(text, error="m")
    svg = drawn.svg_inline(omitsize=True, border=4, light="#fff", svgclass="qr-code", lineclass=None, title=title)
    return Markup(svg)  # noqa: S704 (paths and the title, which segno escapes)
