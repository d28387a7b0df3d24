"""How a station verifies its centre at enrolment: the code read out by telephone, the centre's signed identity.

The full code is six groups of four: the first three are the one-time code (a secret of
the centre), the last three the mark of the centre's public key (no secret: 60 bits of its
hash). Whoever was told the full code by telephone knows with whom to speak.
"""

from __future__ import annotations

import hashlib
from typing import TypeVar

import msgspec

from app.domain.errors import BadInput
from app.wire.codec import pack, unpack
from app.wire.messages import EnrolAnswer, Identity
from app.wire.signing import ENROL_LABEL, IDENTITY_LABEL, public_key_of, sign, verifies

T = TypeVar("T")

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LETTERS = 12
MARK_LETTERS = 12
FEWEST_NONCE_BYTES = 8
MOST_NONCE_BYTES = 64
MOST_FILE_BYTES = 64 << 10
"""What a request or an answer that is carried as a file is at most."""

_BITS_A_LETTER = 5
_MISREAD = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "-": None, " ": None, "－": None, "—": None, "–": None}
)


def key_mark(public_key: bytes) -> str:
    """The mark of a centre's key as it is read out: ``PPPP-PPPP-PPPP``."""
    bits = MARK_LETTERS * _BITS_A_LETTER
    number = int.from_bytes(hashlib.sha256(public_key).digest(), "big") >> (256 - bits)
    letters = "".join(
        ALPHABET[(number >> shift) & 31]
        for shift in range(bits - _BITS_A_LETTER, -1, -_BITS_A_LETTER)
    )
    return in_fours(letters)


def full_code(code: str, centre_key: bytes) -> str:
    """The one-time code with the mark of the centre that made it."""
    return f"{code}-{key_mark(centre_key)}"


def in_fours(letters: str) -> str:
    """Letters in groups of four, as people read them."""
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def letters_of(spelled: str) -> str:
    """What was typed, without what is only for the eye and with misread letters put right."""
    return spelled.upper().translate(_MISREAD).strip()


def code_and_mark(spelled: str) -> tuple[str, str]:
    """The one-time code and the mark ("" if there is none) of what was typed; both in fours.

    What has another length is returned whole as the code: the centre says that it is wrong.
    """
    letters = letters_of(spelled)
    if len(letters) != CODE_LETTERS + MARK_LETTERS:
        return in_fours(letters), ""
    return in_fours(letters[:CODE_LETTERS]), in_fours(letters[CODE_LETTERS:])


def introduce(private_key: bytes, centre: str, certificate: bytes, nonce: bytes) -> Identity:
    """Who a centre is, signed for whoever asked with ``nonce``; see ``Identity``."""
    key = public_key_of(private_key)
    parts = (nonce, centre.encode(), key, certificate)
    signature = sign(private_key, IDENTITY_LABEL, *parts)
    return Identity(centre, key, certificate, nonce, signature)


def introduces(identity: Identity, nonce: bytes) -> bool:
    """Whether it is signed by the very key it names, for this nonce."""
    parts = (nonce, identity.centre.encode(), identity.centre_key, identity.certificate)
    fits = verifies(identity.centre_key, identity.signature, IDENTITY_LABEL, *parts)
    return identity.nonce == nonce and fits


class FileRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A station asks to be let in by a file; ``nonce`` makes each request one of its own."""

    public_key: bytes
    recipient: str
    machine: str
    nonce: bytes


class FileAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The centre's answer to a ``FileRequest``: the enrolment, and where and how to call it.

    ``public_key`` and ``nonce`` are the request's. ``address`` may be empty when a stick is
    the only way; ``certificate`` is PEM, empty when the centre serves without TLS.
    """

    public_key: bytes
    nonce: bytes
    address: str
    certificate: str
    enrolled: EnrolAnswer


class SignedFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message's own bytes as they were signed, so that fields added later do no harm."""

    body: bytes
    signature: bytes


def write_file_request(private_key: bytes, request: FileRequest) -> bytes:
    """The request as a file, signed by the station."""
    return _write(private_key, b"request", request)


def read_file_request(data: bytes) -> FileRequest:
    """Read a request's file.

    Raises:
        BadInput: not one, or whoever made it does not hold the key it names.
    """
    signed, request = _read(data, FileRequest)
    return _proven(request, request.public_key, b"request", signed)


def write_file_answer(private_key: bytes, answer: FileAnswer) -> bytes:
    """The answer as a file, signed by the centre."""
    return _write(private_key, b"answer", answer)


def read_file_answer(data: bytes) -> FileAnswer:
    """Read an answer's file; whether its centre is the right one only its key's mark can say.

    Raises:
        BadInput: not one, or the centre it names did not sign it.
    """
    signed, answer = _read(data, FileAnswer)
    return _proven(answer, answer.enrolled.centre_key, b"answer", signed)


def _write(private_key: bytes, purpose: bytes, message: msgspec.Struct) -> bytes:
    body = msgspec.msgpack.encode(message)
    return pack(SignedFile(body, sign(private_key, ENROL_LABEL, purpose, body)))


def _read(data: bytes, kind: type[T]) -> tuple[SignedFile, T]:
    signed = unpack(data, SignedFile, limit=MOST_FILE_BYTES)
    try:
        return signed, msgspec.msgpack.decode(signed.body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as broken:
        raise BadInput("wire.unreadable", why=str(broken)) from broken


def _proven(message: T, key: bytes, purpose: bytes, signed: SignedFile) -> T:
    if not verifies(key, signed.signature, ENROL_LABEL, purpose, signed.body):
        raise BadInput("wire.unreadable", why="signature")
    return message
