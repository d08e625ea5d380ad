"""Passwords that were leaked somewhere, as a file of their hashes that whoever runs the install has put there.

It has the form of *Pwned Passwords*: a line for each, its SHA-1 in capital hexadecimal digits and how often it was
seen, in the order of the hashes. It may be larger than the memory, and nobody else is asked.
"""

import re
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from footfall.errors import SettingsError, Unavailable

_HASH_DIGITS = 40
_LINE = re.compile(rb"[0-9A-F]{40}:[0-9]+\r?\n?")
_LONGEST_LINE = 100


class LeakedPasswords:
    """Looks passwords up in the file at ``path``, which may be replaced by a newer one while this runs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, password: str) -> bool:
        """Tell whether the password was leaked; raises Unavailable while the file cannot be read."""
        digest = sha1(password.encode(), usedforsecurity=False)  # what the file has; nothing is kept or shown of it
        wanted = digest.hexdigest().upper().encode()
        try:
            with self.path.open("rb") as file:
                return _first_from(file, wanted)[:_HASH_DIGITS] == wanted
        except OSError as error:
            raise Unavailable(
                "The list of leaked passwords cannot be read, so no password can be set; whoever runs this install"
                " learns more from footfall check."
            ) from error

    def require_usable(self, samples: int) -> None:
        """Look at so many places of the file; raises SettingsError where it is not there, or not in form and order."""
        try:
            with self.path.open("rb") as file:
                self._require_order(file, samples)
        except OSError as error:
            raise SettingsError(f"{self.path} cannot be read; put the list of leaked passwords there.") from error

    def _require_order(self, file: BinaryIO, samples: int) -> None:
        size, before = file.seek(0, 2), b""
        for number in range(samples):
            line = _line_from(file, size * number // samples)
            if not line and number:
                break  # the last line is longer than a step
            if not _LINE.fullmatch(line):
                raise SettingsError(
                    f"{self.path} is no list of leaked passwords; each line is a SHA-1 in capital hexadecimal digits,"
                    " a colon and a number."
                )
            if line[:_HASH_DIGITS] < before:
                raise SettingsError(
                    f"{self.path} is not in the order of its hashes; take the one ordered by hash, or sort it"
                    " (LC_ALL=C sort)."
                )
            before = line[:_HASH_DIGITS]


def _first_from(file: BinaryIO, wanted: bytes) -> bytes:
    """The first line whose hash is ``wanted`` or comes after it, by bisection: some 36 reads of 40 GB."""
    low, high = 0, file.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        line = _line_from(file, middle)
        if line and line[:_HASH_DIGITS] < wanted:
            low = middle + 1
        else:
            high = middle
    return _line_from(file, low)


def _line_from(file: BinaryIO, offset: int) -> bytes:
    """The first line that begins at ``offset`` or later; empty at the end."""
    file.seek(max(0, offset - 1))
    if offset:
        file.readline(_LONGEST_LINE)
    return file.readline(_LONGEST_LINE)
