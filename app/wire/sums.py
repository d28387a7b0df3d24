"""Sums of fact hashes (additive multiset hash): equal count and sum means equal sets.

The sum is of the first 16 bytes of each hash, modulo 2^128, so it can be kept up to date by
adding and taking away, in any order, and says nothing about who is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from app.wire.messages import SUM_BYTES

ROW_TAG = b"yj-row-1\0"
DECISION_TAG = b"yj-decision-1\0"
ZERO = bytes(SUM_BYTES)
_MODULUS = 1 << (8 * SUM_BYTES)


def add_hashes(total: bytes, hashes: Iterable[bytes]) -> bytes:
    """``total`` (16 bytes) with these hashes added."""
    value = int.from_bytes(total, "big")
    for one in hashes:
        value += int.from_bytes(one[:SUM_BYTES], "big")
    return (value % _MODULUS).to_bytes(SUM_BYTES, "big")


def take_hashes(total: bytes, hashes: Iterable[bytes]) -> bytes:
    """``total`` (16 bytes) with these hashes taken away."""
    value = int.from_bytes(total, "big")
    for one in hashes:
        value -= int.from_bytes(one[:SUM_BYTES], "big")
    return (value % _MODULUS).to_bytes(SUM_BYTES, "big")


def decision_mark(decision: bytes) -> bytes:
    """The mark (16 bytes) by which a decision's bytes enter the sum of those that are kept."""
    return hashlib.sha256(DECISION_TAG + decision).digest()[:SUM_BYTES]


def row_mark(scope: str, kind: str, key: str, rev: int, body: bytes | None) -> bytes:
    """The mark (16 bytes) by which a feed row enters its scope's sum; a row that is gone has none.

    Only rows with a body count, so that a centre may forget rows that are gone.
    """
    if body is None:
        return ZERO
    hashed = hashlib.sha256(ROW_TAG)
    for part in (scope.encode(), kind.encode(), key.encode(), rev.to_bytes(8, "big"), body):
        hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.digest()[:SUM_BYTES]
