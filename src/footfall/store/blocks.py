"""Reading the engine's compressed files without the engine, so that parts it no longer lists can be looked at too.

A file is a row of blocks: a checksum of 16 bytes, one byte for the method, two sizes, then the data.
"""

import struct
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lz4.block import decompress as lz4_decompress

from footfall.errors import StoreError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SUFFIX = ".bin"
"""How the names of files with columns end."""

NONE, LZ4, ZSTD, SEVERAL = 0x02, 0x82, 0x90, 0x91
"""Methods; a column with several codecs names them at the head of its data, the outermost last."""

_CHECKSUM_BYTES = 16
_HEADER = struct.Struct("<BII")  # method, size with this header, size of what it unpacks to
_LARGEST_BLOCK = 1 << 30

_UNPACK: dict[int, Callable[[bytes, int], bytes]] = {
    LZ4: lambda data, size: lz4_decompress(data, uncompressed_size=size),
    ZSTD: lambda data, _: zstd.decompress(data),
    SEVERAL: lambda data, _: _unpacked(data[1 + data[0] :]),
}


def plain_blocks(file: BinaryIO) -> Iterator[bytes]:
    """What each block of a column's file unpacks to; raises StoreError where the file is none or is torn.

    Codecs for numbers, such as Delta, are left as they are: no text passes through them.
    """
    while file.read(_CHECKSUM_BYTES):
        header = file.read(_HEADER.size)
        size = _size_of(header)
        data = file.read(size - _HEADER.size)
        if len(data) < size - _HEADER.size:
            raise StoreError("A compressed file ends within a block.")
        yield _unpacked(header + data)


def packed_block(method: int, plain: bytes) -> bytes:
    """A block as the engine writes it, but without its checksum, which is not read here."""
    data = zstd.compress(plain) if method == ZSTD else plain
    return bytes(_CHECKSUM_BYTES) + _HEADER.pack(method, len(data) + _HEADER.size, len(plain)) + data


def _size_of(header: bytes) -> int:
    size = _HEADER.unpack(header)[1] if len(header) == _HEADER.size else 0
    if not _HEADER.size <= size <= _LARGEST_BLOCK:
        raise StoreError("A compressed file holds something that is no block.")
    return int(size)


def _unpacked(block: bytes) -> bytes:
    method, _, plain_size = _HEADER.unpack_from(block)
    data = block[_HEADER.size :]
    unpack = _UNPACK.get(method)
    return unpack(data, plain_size) if unpack else data
