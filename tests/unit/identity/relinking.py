"""An insider's attack: with every byte an install holds and the true list of visitors, find out whose id is whose."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

KEY_BYTES = 32
_HEXADECIMAL = re.compile(rb"[0-9a-fA-F]{64,}")

Person = tuple[str, str]
"""Address and user agent."""


@dataclass(frozen=True)
class Insider:
    """Knows all files, and secrets that stand nowhere in them; knows the code, so how an id is made."""

    contents: tuple[bytes, ...]
    secrets: tuple[bytes, ...]
    days: tuple[int, ...]
    """Days the ids may be of, counted from 1970-01-01."""

    def relinked(self, people: list[Person], ids: set[int]) -> int:
        """How many of the people can be told from their id.

        A key that gives the first of them an id of the list is tried on all others.
        """
        keys = {key for key in self._keys() if visitor_id(people[0], key) in ids}
        return len({person for key in keys for person in people if visitor_id(person, key) in ids})

    def _keys(self) -> Iterator[bytes]:
        yield from self._windows()
        for secret in {*self.secrets, *self._named_secrets()}:
            yield secret
            yield from (derive(secret, day) for derive in DERIVATIONS for day in self.days)

    def _windows(self) -> Iterator[bytes]:
        """Any 32 bytes in a row; long runs of one byte only once."""
        for content in self.contents:
            tried = b""
            for start in range(len(content) - KEY_BYTES + 1):
                window = content[start : start + KEY_BYTES]
                if window != tried:
                    yield window
                tried = window

    def _named_secrets(self) -> Iterator[bytes]:
        """What stands in files as hexadecimal text."""
        for content in self.contents:
            for digits in _HEXADECIMAL.findall(content):
                yield from (bytes.fromhex(digits[at : at + 64].decode()) for at in range(0, len(digits) - 63, 2))


def visitor_id(person: Person, key: bytes) -> int:
    """The id of a person under a key, as the code makes it."""
    return int.from_bytes(blake2b("\n".join(person).encode(), digest_size=8, key=key).digest(), "big") or 1


def bytes_below(*folders: Path) -> tuple[bytes, ...]:
    """Every file of some folders."""
    return tuple(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())


def salt_of_date(secret: bytes, day: int) -> bytes:
    """A salt as some products make it: from a secret that stays and the date."""
    return hmac.new(secret, str(day).encode(), hashlib.sha256).digest()


DERIVATIONS: tuple[Callable[[bytes, int], bytes], ...] = (
    salt_of_date,
    lambda secret, day: hashlib.sha256(secret + str(day).encode()).digest(),
    lambda secret, day: hashlib.sha256(str(day).encode() + secret).digest(),
    lambda secret, day: blake2b(str(day).encode(), digest_size=KEY_BYTES, key=secret).digest(),
)


def ids_under(people: Iterable[Person], key: bytes) -> set[int]:
    """Everybody's id."""
    return {visitor_id(person, key) for person in people}
