"""The station's identity on disk: its own private keys and what its centre said at enrolment.

Kept beside the store, not in it, so that a lost store does not lose who this station is.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from pyrage import IdentityError
from pyrage.x25519 import Identity

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.ports.machine import Entropy
from app.wire.codec import read_row
from app.wire.messages import Credential, EnrolAnswer, SignedCredential
from app.wire.side_files import (
    Unreadable,
    flush_folder,
    only_owner,
    put_whole,
    read_small,
    set_aside,
)
from app.wire.signing import new_private_key

_KEY_BYTES = 32
_PEM_BEGIN = "-----BEGIN CERTIFICATE-----"
_PEM_END = "-----END CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class KeptEnrolment:
    """What is kept; ``address`` is the centre's, keys are raw bytes.

    ``certificate`` is the PEM of the centre's pinned certificate, ``recipient`` the centre's
    age recipient; both are empty in what older programs wrote and over plain loopback.
    """

    address: str
    station: str
    site: str
    site_name: str
    centre: str
    centre_key: bytes
    scopes: tuple[str, ...]
    certificate: str = ""
    recipient: str = ""
    credential: SignedCredential | None = None


def read_key(home: Path) -> bytes | None:
    """The installation's private key; None when there is none.

    Raises:
        Unreadable: what lies there is no key.
    """
    text = _read_text(home / "keys" / "station.key")
    if text is None:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError as garbled:
        raise Unreadable("station.key") from garbled
    if len(key) != _KEY_BYTES or not any(key):
        raise Unreadable("station.key")
    return key


def load_or_make_key(home: Path, entropy: Entropy) -> bytes:
    """The private key, made on first use; a damaged one is kept aside. For an enrolment."""
    path = home / "keys" / "station.key"
    try:
        key = read_key(home)
    except Unreadable:
        _keep_aside(path)
        key = None
    if key is None:
        key = new_private_key(entropy.draw(_KEY_BYTES))
        _put_private(path, key.hex())
    return key


def read_identity(home: Path) -> str | None:
    """The secret age key that opens what is carried here; None when there is none.

    Raises:
        Unreadable: what lies there is no key.
    """
    text = _read_text(home / "keys" / "station.age")
    if text is None:
        return None
    try:
        Identity.from_str(text)
    except (IdentityError, ValueError) as garbled:
        raise Unreadable("station.age") from garbled
    return text


def load_or_make_identity(home: Path) -> str:
    """The secret age key, made on first use; a damaged one is kept aside. For an enrolment.

    Its chance comes from the age library itself, which takes none from outside.
    """
    path = home / "keys" / "station.age"
    try:
        secret = read_identity(home)
    except Unreadable:
        _keep_aside(path)
        secret = None
    if secret is None:
        secret = str(Identity.generate())
        _put_private(path, secret)
    return secret


def load_or_make_recipient(home: Path) -> str:
    """What others seal for this station (``age1…``)."""
    return str(Identity.from_str(load_or_make_identity(home)).to_public())


def read_enrolment(home: Path) -> KeptEnrolment | None:
    """The kept enrolment; None when there is none.

    Raises:
        Unreadable: what lies there is none.
    """
    text = _read_text(home / "keys" / "enrolment.json")
    return None if text is None else enrolment_from(text)


def load_enrolment(home: Path) -> KeptEnrolment | None:
    """The kept enrolment, or None when there is none (or it can't be read)."""
    try:
        return read_enrolment(home)
    except Unreadable:
        return None


def enrolment_from(text: str) -> KeptEnrolment:
    """An enrolment from its text.

    Raises:
        Unreadable: it is none, or what is in it can't be right.
    """
    try:
        found = json.loads(text)
        kept = KeptEnrolment(
            address=str(found["address"]),
            station=str(found["station"]),
            site=str(found["site"]),
            site_name=str(found["site_name"]),
            centre=str(found["centre"]),
            centre_key=bytes.fromhex(found["centre_key"]),
            scopes=tuple(str(scope) for scope in found["scopes"]),
            certificate=_read_certificate(found.get("certificate", "")),
            recipient=str(found.get("recipient", "")),
            credential=_read_credential(found.get("credential")),
        )
        is_right = isinstance(found["scopes"], list) and len(kept.centre_key) == _KEY_BYTES
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as garbled:
        raise Unreadable("enrolment.json") from garbled
    if not is_right or not kept.station:
        raise Unreadable("enrolment.json")
    return kept


def enrolment_of(address: str, answer: EnrolAnswer, certificate: str) -> KeptEnrolment:
    """What is kept of a centre's answer."""
    return KeptEnrolment(
        address=address,
        station=answer.station,
        site=answer.site,
        site_name=answer.site_name,
        centre=answer.centre,
        centre_key=answer.centre_key,
        scopes=answer.scopes,
        certificate=certificate,
        recipient=answer.recipient,
        credential=answer.credential,
    )


def enrolment_text(kept: KeptEnrolment) -> str:
    """An enrolment as text."""
    return json.dumps(
        {
            "address": kept.address,
            "station": kept.station,
            "site": kept.site,
            "site_name": kept.site_name,
            "centre": kept.centre,
            "centre_key": kept.centre_key.hex(),
            "scopes": list(kept.scopes),
            "certificate": kept.certificate,
            "recipient": kept.recipient,
            "credential": _write_credential(kept.credential),
        },
        ensure_ascii=False,
        indent=1,
    )


def keep_enrolment(home: Path, kept: KeptEnrolment) -> None:
    """Write the enrolment whole or not at all; a damaged one is kept aside."""
    path = home / "keys" / "enrolment.json"
    try:
        read_enrolment(home)
    except Unreadable:
        _keep_aside(path)
    _put_private(path, enrolment_text(kept))


def enrolled_key(kept: KeptEnrolment) -> bytes | None:
    """The public key that was enrolled, if the credential tells."""
    told = _told(kept)
    return None if told is None else told.public_key


def opens_what_is_carried(kept: KeptEnrolment, secret: str | None) -> bool:
    """Whether an age key is the one whose recipient the centre seals for, as far as is known."""
    if not kept.recipient:
        return True  # enrolled before there were sticks: nobody seals anything for it
    if secret is None:
        return False
    told = _told(kept)
    mine = str(Identity.from_str(secret).to_public())
    return told is None or not told.recipient or told.recipient == mine


def _told(kept: KeptEnrolment) -> Credential | None:
    """What the credential says of this station; None when it says nothing of it."""
    if kept.credential is None:
        return None
    try:
        told = read_row(kept.credential.credential, Credential)
    except BadInput:
        return None
    return told if told.station == kept.station else None


def keep_request_nonce(home: Path, nonce: bytes) -> None:
    """Remember which request by file was the last: only its answer is taken."""
    _put_private(home / "keys" / "request.nonce", nonce.hex())


def load_request_nonce(home: Path) -> bytes:
    """The nonce of the last request by file; empty when there was none."""
    try:
        return bytes.fromhex(_read_text(home / "keys" / "request.nonce") or "")
    except (Unreadable, ValueError):
        return b""


def _read_certificate(found: object) -> str:
    """Empty when it is none: the centre's own key vouches for the one it shows."""
    lines = found.split() if isinstance(found, str) else []
    text = " ".join(lines)
    if not (text.startswith(_PEM_BEGIN) and text.endswith(_PEM_END)):
        return ""
    try:
        base64.b64decode(text[len(_PEM_BEGIN) : -len(_PEM_END)].replace(" ", ""), validate=True)
    except ValueError:
        return ""
    return str(found)


def _read_credential(found: object) -> SignedCredential | None:
    """None as well when it can't be read: the centre sends it again, and the rest still stands."""
    if not isinstance(found, dict):
        return None
    try:
        return SignedCredential(
            base64.b64decode(found["credential"], validate=True),
            base64.b64decode(found["signature"], validate=True),
        )
    except (KeyError, ValueError, TypeError):
        return None


def _write_credential(signed: SignedCredential | None) -> dict[str, str] | None:
    if signed is None:
        return None
    return {
        "credential": base64.b64encode(signed.credential).decode("ascii"),
        "signature": base64.b64encode(signed.signature).decode("ascii"),
    }


def _read_text(path: Path) -> str | None:
    data = read_small(path)
    try:
        return None if data is None else data.decode("utf-8").strip()
    except UnicodeDecodeError as garbled:
        raise Unreadable(path.name) from garbled


def _put_private(path: Path, text: str) -> None:
    put_whole(path, text.encode("utf-8"))
    flush_folder(path.parent.parent)


def _keep_aside(path: Path) -> None:
    """Nothing damaged is deleted: somebody may still make something of it."""
    aside = set_aside(path)
    if aside is not None:
        only_owner(aside)
