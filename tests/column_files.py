"""What the files of a folder hold: as the bytes stand there, and as the engine's compressed columns unfold."""

import struct
from collections.abc import Iterator
from pathlib import Path

import lz4.block
import zstandard

_HEADER = struct.Struct("<BII")  # method, compressed bytes with this header, bytes once unfolded
_CHECKSUM_BYTES = 16
_NONE, _LZ4, _ZSTD = 0x02, 0x82, 0x90


def files_holding(folder: Path, word: bytes) -> list[str]:
    """Files below ``folder`` in which ``word`` stands; one that vanishes meanwhile holds nothing."""
    return [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if _holds(path, word)]


def _holds(path: Path, word: bytes) -> bool:
    try:
        content = path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return False
    return word in content or any(word in block for block in unfolded(content))


def unfolded(content: bytes) -> Iterator[bytes]:
    """The blocks of a column's file, one after the other; stops where the bytes are none."""
    place = _CHECKSUM_BYTES
    while place + _HEADER.size <= len(content):
        method, packed_bytes, size_bytes = _HEADER.unpack_from(content, place)
        packed = content[place + _HEADER.size : place + packed_bytes]
        if len(packed) != packed_bytes - _HEADER.size or method not in (_NONE, _LZ4, _ZSTD):
            return
        yield _unfold(method, packed, size_bytes)
        place += packed_bytes + _CHECKSUM_BYTES


def _unfold(method: int, packed: bytes, size_bytes: int) -> bytes:
    if method == _LZ4:
        return bytes(lz4.block.decompress(packed, uncompressed_size=size_bytes))
    if method == _ZSTD:
        return zstandard.decompress(packed, max_output_size=size_bytes)
    return packed  # or coded by what came before compression; numbers only
