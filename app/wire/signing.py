"""Ed25519 over exactly the bytes that travel, each use under its own label.

One verifier on both ends; a signature is never used as an identity.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from app.domain.errors import BadInput
from app.wire.messages import SignedCredential

RECEIPT_LABEL = b"yj-receipt-1"
ANSWER_LABEL = b"yj-answer-1"
REQUEST_LABEL = b"yj-request-1"
RUN_LABEL = b"yj-run-1"
CREDENTIAL_LABEL = b"yj-credential-1"
DECISION_LABEL = b"yj-decision-1"
IDENTITY_LABEL = b"yj-identity-1"
ENROL_LABEL = b"yj-enrol-1"
SIGNATURE_HEADER = "x-yj-signature"
STATION_HEADER = "x-yj-station"
NONCE_HEADER = "x-yj-nonce"
CREDENTIAL_HEADER = "x-yj-credential"
"""Shown only to a centre that does not know the station: it may have been put back."""
_MOST_CREDENTIAL_CHARACTERS = 8_192


@lru_cache(maxsize=16)
def _private(raw: bytes) -> Ed25519PrivateKey:
    """Kept made: making one costs more than signing with it."""
    return Ed25519PrivateKey.from_private_bytes(raw)


@lru_cache(maxsize=4096)
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


def framed(label: bytes, *parts: bytes) -> bytes:
    """The bytes that are signed: every part with its length, so none can slide into another."""
    out = bytearray(label + b"\0")
    for part in parts:
        out += len(part).to_bytes(8, "big") + part
    return bytes(out)


def new_private_key(random_bytes: bytes) -> bytes:
    """A private key's 32 raw bytes from 32 random ones."""
    return Ed25519PrivateKey.from_private_bytes(random_bytes).private_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """The 32 raw bytes of the public key."""
    return _private(private_key).public_key().public_bytes_raw()


def sign(private_key: bytes, label: bytes, *parts: bytes) -> bytes:
    """Sign framed parts."""
    return _private(private_key).sign(framed(label, *parts))


def verifies(public_key: bytes, signature: bytes, label: bytes, *parts: bytes) -> bool:
    """Whether ``signature`` is the key's over the framed parts."""
    try:
        _public(public_key).verify(signature, framed(label, *parts))
    except (InvalidSignature, ValueError):
        return False
    return True


def request_parts(method: str, target: str, nonce: str, body: bytes) -> tuple[bytes, ...]:
    """What a station signs of a request: method, path with query, nonce and the body's hash."""
    return (
        method.encode(),
        target.encode(),
        nonce.encode(),
        hashlib.sha256(body).digest(),
    )


def run_parts(station: str, segment: str, last_n: int, last_hash: bytes) -> tuple[bytes, ...]:
    """What a station signs of a run: its end, and by the chain all that stands before it."""
    return (station.encode(), segment.encode(), last_n.to_bytes(8, "big"), last_hash)


def to_header(raw: bytes) -> str:
    """Bytes as a header's value."""
    return base64.b64encode(raw).decode("ascii")


def from_header(text: str) -> bytes:
    """A header's value as bytes; empty when it is not base64."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def credential_header(signed: SignedCredential) -> str:
    """A credential as a header's value."""
    return f"{to_header(signed.credential)} {to_header(signed.signature)}"


def credential_from_header(value: str) -> SignedCredential:
    """The credential in a header's value, not verified yet; raises BadInput when it is none."""
    credential, _, signature = value.partition(" ")
    found = SignedCredential(from_header(credential), from_header(signature))
    if len(value) > _MOST_CREDENTIAL_CHARACTERS or not found.credential or not found.signature:
        raise BadInput("wire.row_unreadable")
    return found
