"""Patterns of paths and hosts as owners write them, compiled into one expression.

``*`` stands for any text within a segment of a path, ``**`` for any text at all.
"""

import re
from collections.abc import Iterable

_ACROSS = re.compile(r"\*{2,}")


def matcher(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """What matches in full whatever one of ``patterns`` matches; None without any."""
    expressions = [_expression(pattern) for pattern in patterns]
    return re.compile("|".join(expressions), re.DOTALL) if expressions else None


def _expression(pattern: str) -> str:
    first, *others = _ACROSS.split(pattern)
    if not others:
        return _last(first)
    *between, last = others
    # Each piece is looked for once, at the first place that fits, and never again (atomic groups): a path made to be
    # slow has no ways to try. A later place would leave less of the path, so nothing is missed.
    return _piece(first) + "".join(f"(?>.*?{_piece(piece)})" for piece in between) + f".*{_last(last)}"


def _piece(piece: str) -> str:
    first, *others = piece.split("*")
    return re.escape(first) + "".join(_found(part) for part in others)


def _last(piece: str) -> str:
    """A piece that ends where the path does."""
    first, *others = piece.split("*")
    if not others:
        return re.escape(first)
    *between, last = others
    return re.escape(first) + "".join(_found(part) for part in between) + f"[^/]*{re.escape(last)}"


def _found(part: str) -> str:
    return f"(?>[^/]*?{re.escape(part)})"
