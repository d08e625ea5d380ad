"""axe-core in a page: every violation of WCAG 2.2 AA it finds, as one line each."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
_RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`)))"""


def violations(page: Page) -> list[str]:
    """What axe finds in the page as it stands."""
    if not SOURCE.exists():
        pytest.skip("node_modules is not there")
    # Evaluated rather than added as an element: the page's policy lets no foreign script in.
    page.evaluate(SOURCE.read_text())
    found: list[str] = page.evaluate(_RUN)
    return found
