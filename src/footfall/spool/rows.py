"""What the spool's file holds: its tables, and a group of events as the bytes of one row.

The column `events` counts those of people: the views of machines beside them were dropped, and are counted as that.
"""

import zlib

import msgspec

from footfall.domain import Event

SCHEMA = """
CREATE TABLE IF NOT EXISTS groups (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, checksum INTEGER NOT NULL, events INTEGER NOT NULL, payload BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS journal (
    batch_id INTEGER PRIMARY KEY AUTOINCREMENT, attempt INTEGER NOT NULL, first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS damaged (seq INTEGER PRIMARY KEY, payload BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS spool (id INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS salvaged (last_seq INTEGER NOT NULL);
"""
TABLES = frozenset({"groups", "journal", "damaged", "spool", "salvaged"})

pack = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[Event, ...]).decode


def is_whole(payload: bytes, checksum: int) -> bool:
    """Whether these are the bytes that were written."""
    return zlib.crc32(payload) == checksum


def unpack(payload: bytes, checksum: int) -> tuple[Event, ...] | None:
    """The events of a row; None where they are not those that were written."""
    if not is_whole(payload, checksum):
        return None
    try:
        return _decode(payload)
    except msgspec.DecodeError:
        return None
