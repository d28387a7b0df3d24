"""Messages ↔ bytes: msgpack inside zstd for exchanges, JSON for rows of the feeds.

Sizes are checked before and after unpacking, so hostile bytes cost little.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
import zstandard

from app.domain.errors import BadInput
from app.wire.messages import MAX_BODY_BYTES, MAX_UNPACKED_BYTES, Receipt

T = TypeVar("T")

CONTENT_TYPE = "application/x-yj-exchange"


def pack(message: object) -> bytes:
    """A message as it travels."""
    return zstandard.ZstdCompressor(level=3).compress(msgspec.msgpack.encode(message))


def unpack(data: bytes, kind: type[T], *, limit: int = MAX_UNPACKED_BYTES) -> T:
    """Read a message that travelled.

    Raises:
        BadInput: too large, not zstd, not msgpack, or not a ``kind``.
    """
    if len(data) > limit:
        raise BadInput("wire.too_large", size=len(data))
    try:
        stated = zstandard.frame_content_size(data)
        if stated < 0 or stated > limit:
            raise BadInput("wire.too_large", size=stated)
        plain = zstandard.ZstdDecompressor().decompress(data, max_output_size=limit)
        return msgspec.msgpack.decode(plain, type=kind)
    except (zstandard.ZstdError, msgspec.MsgspecError, ValueError, RecursionError) as broken:
        raise BadInput("wire.unreadable", why=str(broken)) from broken


def unpack_request(data: bytes, kind: type[T]) -> T:
    """``unpack`` under the tighter limit of what a station may send at once."""
    if len(data) > MAX_BODY_BYTES:
        raise BadInput("wire.too_large", size=len(data))
    return unpack(data, kind)


def write_row(row: object) -> bytes:
    """The JSON body of a feed row from a domain value."""
    return msgspec.json.encode(row)


def read_row(body: bytes, kind: type[T]) -> T:
    """Read a feed row's body; fields not known here are passed over.

    Raises:
        BadInput: not JSON, or it does not fit ``kind``.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as broken:
        raise BadInput("wire.row_unreadable", why=str(broken)) from broken


def write_receipt(receipt: Receipt) -> bytes:
    """The receipt's bytes that are signed and kept."""
    return msgspec.json.encode(receipt)


def read_receipt(data: bytes) -> Receipt:
    """Read a receipt's bytes; verify the signature before you believe it."""
    return read_row(data, Receipt)
