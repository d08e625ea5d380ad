"""Every file of some folders, searched in all its layers; what was looked at and what was found."""

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from footfall.privacy.chance import Sought, beyond_chance, patterns_of
from footfall.privacy.needles import Needle
from footfall.privacy.search import Search
from footfall.privacy.unpack import UNREADABLE, Layer, layers

_PAUSES_SECONDS = (0.0, 0.1, 0.5)  # what cannot be read to its end may be in the making


class Finding(msgspec.Struct, frozen=True):
    """Something that should not be there: where, of what label, in which spelling, how often."""

    place: str
    label: str
    encoding: str
    count: int


class Report(msgspec.Struct):
    """What was looked at, and the finds. ``unread`` are files that could not be read, with the kind of error."""

    files: int = 0
    columns: int = 0
    size_bytes: int = 0
    unpacked_bytes: int = 0
    findings: list[Finding] = []
    unread: list[str] = []

    def add(self, other: "Report") -> None:
        """Take in what another scan looked at and found."""
        for name in ("files", "columns", "size_bytes", "unpacked_bytes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.findings = [*self.findings, *other.findings]
        self.unread = [*self.unread, *other.unread]


class Scan:
    """A search for some needles."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        self._search: Search = Search(patterns_of(needles))

    def files(self, roots: Iterable[Path]) -> Report:
        """Look at every file of these folders; a root may be a file, too."""
        report = Report()
        for root in roots:
            for path in _files_below(root):
                report.add(self._file(path, str(path.relative_to(root.parent))))
        return report

    def column(self, name: str, blocks: Iterable[bytes]) -> Report:
        """Look at one column of a store."""
        found, size_bytes = self._search.count(blocks)
        return Report(columns=1, unpacked_bytes=size_bytes, findings=_findings(name, found))

    def _file(self, path: Path, place: str) -> Report:
        looked = Report()
        for pause_seconds in _PAUSES_SECONDS:
            time.sleep(pause_seconds)
            looked = Report(files=1)
            try:
                for layer in layers(path):
                    self._layer(layer, place, looked)
                return looked
            except FileNotFoundError:  # the engine and SQLite remove files while they work
                return Report()
            except UNREADABLE as error:
                looked.unread = [f"{place}: {type(error).__name__}"]
        return looked

    def _layer(self, layer: Layer, place: str, report: Report) -> None:
        found, size_bytes = self._search.count(layer.blocks)
        is_plain = layer.kind == "bytes"
        report.size_bytes += size_bytes if is_plain else 0
        report.unpacked_bytes += 0 if is_plain else size_bytes
        report.findings = [*report.findings, *_findings(place if is_plain else f"{place} ({layer.kind})", found)]


def _findings(place: str, found: Counter[Sought]) -> list[Finding]:
    return [Finding(place, sought.label, sought.encoding, count) for sought, count in beyond_chance(found)]


def _files_below(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for folder, _, names in os.walk(root):
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path
