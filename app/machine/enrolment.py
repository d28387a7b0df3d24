"""The station's identity on disk: its own private keys and what its centre said at enrolment.

Kept beside the store, not in it, so that a lost store does not lose who this station is.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from pyrage.x25519 import Identity

from app.ports.machine import Entropy
from app.wire.messages import EnrolAnswer, SignedCredential
from app.wire.signing import new_private_key


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


def load_or_make_key(home: Path, entropy: Entropy) -> bytes:
    """The installation's private key, made on first use, readable by its owner only."""
    path = home / "keys" / "station.key"
    if path.exists():
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    key = new_private_key(entropy.draw(32))
    _write_private(path, key.hex())
    return key


def load_or_make_identity(home: Path) -> str:
    """The secret age key that opens what is carried here, made on first use.

    Its chance comes from the age library itself, which takes none from outside.
    """
    path = home / "keys" / "station.age"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    secret = str(Identity.generate())
    _write_private(path, secret)
    return secret


def load_or_make_recipient(home: Path) -> str:
    """What others seal for this station (``age1…``)."""
    return str(Identity.from_str(load_or_make_identity(home)).to_public())


def load_enrolment(home: Path) -> KeptEnrolment | None:
    """The kept enrolment, or None when there is none (or it can't be read)."""
    try:
        found = json.loads((home / "keys" / "enrolment.json").read_text(encoding="utf-8"))
        return KeptEnrolment(
            address=str(found["address"]),
            station=str(found["station"]),
            site=str(found["site"]),
            site_name=str(found["site_name"]),
            centre=str(found["centre"]),
            centre_key=bytes.fromhex(found["centre_key"]),
            scopes=tuple(str(scope) for scope in found["scopes"]),
            certificate=str(found.get("certificate", "")),
            recipient=str(found.get("recipient", "")),
            credential=_read_credential(found.get("credential")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


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


def keep_enrolment(home: Path, kept: KeptEnrolment) -> None:
    """Write the enrolment whole or not at all."""
    text = json.dumps(
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
    _write_private(home / "keys" / "enrolment.json", text)


def keep_request_nonce(home: Path, nonce: bytes) -> None:
    """Remember which request by file was the last: only its answer is taken."""
    _write_private(home / "keys" / "request.nonce", nonce.hex())


def load_request_nonce(home: Path) -> bytes:
    """The nonce of the last request by file; empty when there was none."""
    try:
        return bytes.fromhex((home / "keys" / "request.nonce").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return b""


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


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(draft, path)
    for folder in (path.parent, path.parent.parent):
        _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    """Force a folder's entries to the disk: a name that is lost is a key that is lost."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
