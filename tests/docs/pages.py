"""The pages of the documentation, as tests read them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def page(name: str) -> str:
    """The text of a page below docs/."""
    return (DOCS / name).read_text()


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table of a page, code marks taken off."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next heading of its level or above."""
    level, _, _ = heading.partition(" ")
    _, found, rest = text.partition(f"\n{heading}\n")
    assert found, f"the page has no heading {heading!r}"
    return re.split(rf"\n#{{1,{len(level)}}} ", rest)[0]


def pages() -> list[Path]:
    """Every page that is part of this repository."""
    skipped = {".venv", "node_modules", ".git"}
    return [path for path in ROOT.rglob("*.md") if not skipped & set(path.relative_to(ROOT).parts)]
