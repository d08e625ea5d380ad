"""Finds what a template says without asking the catalogues: visible text, read-out attributes, strings in braces."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

_READ_OUT = frozenset({"alt", "aria-label", "aria-roledescription", "data-empty", "label", "placeholder", "title"})
_SILENT = frozenset({"code", "kbd", "pre", "script", "style"})
_SOMETHING = "\x00"  # stands where a value will
_WORD = re.compile(r"[^\W\d_]{2,}")
# What a string in braces looks like that people read: a capital at its start, or a space between words; no attributes.
_PROSE = re.compile(r"[A-Z][a-z’]+|[^=]*[a-z’]\s+[a-z][^=]*", re.DOTALL)
_ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"?|"[^"]*?\s[\w-]+="')  # what a macro adds to a tag stands outside of tags here
_MARKS = frozenset({"_", "gettext", "ngettext"})
_CLASSES = frozenset({"body_class", "page_class"})  # blocks that hold names of style classes


def unmarked(environment: Environment, source: str, same_everywhere: frozenset[str]) -> list[str]:
    """What is said in English alone; ``same_everywhere`` are words no language changes."""
    tree = environment.parse(source)
    parser = _VisibleText()
    parser.feed("".join(_laid_out(tree)))
    strings = (one.value for one in _spoken(tree) if isinstance(one.value, str) and _PROSE.fullmatch(one.value))
    return [found for found in (*parser.found, *strings) if found.strip() not in same_everywhere]


def _laid_out(tree: nodes.Node) -> Iterator[str]:
    """The text of a template as it stands, all branches one after the other, a sign for each value."""
    for part in tree.iter_child_nodes():
        if isinstance(part, nodes.Block) and part.name in _CLASSES:
            continue
        if isinstance(part, nodes.Output):
            for one in part.nodes:
                yield one.data if isinstance(one, nodes.TemplateData) else _SOMETHING
        elif not isinstance(part, nodes.Expr):
            yield from _laid_out(part)
            yield _SOMETHING


def _spoken(node: nodes.Node) -> Iterator[nodes.Const]:
    """The strings inside braces that reach the page, but for those a mark translates or a filter is named with."""
    for part in node.iter_child_nodes():
        if isinstance(part, nodes.Call) and isinstance(part.node, nodes.Name) and part.node.name in _MARKS:
            continue
        if isinstance(part, nodes.Const):
            yield part
        elif not isinstance(part, (nodes.Compare, nodes.Getitem)):
            yield from _spoken(part)


class _VisibleText(HTMLParser):
    """Collects the words people see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self.found += [value for name, value in attrs if name in _READ_OUT and value and _has_words(value)]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            parts = _ATTRIBUTE.sub(_SOMETHING, data).split(_SOMETHING)
            self.found += [part.strip() for part in parts if _has_words(part)]


def _has_words(text: str) -> bool:
    return bool(_WORD.search(text.replace("Footfall", "")))
