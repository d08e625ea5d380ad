"""QR codes as SVG in the page: no picture of a secret is ever fetched, cached or written to a file."""

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """Draw ``text``, dark on light in either theme, for cameras want it so."""
    code = segno.make_qr(text, error="m")
    return Markup(code.svg_inline(omitsize=True, border=4, light="#fff", svgclass="qr-code", lineclass=None))  # noqa: S704 (paths alone)
