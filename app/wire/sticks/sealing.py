"""Parcels as they lie on a stick: packed, then sealed with age (X25519) for their reader.

Signing came before sealing, so opening proves nothing about the sender: whoever opens a
parcel verifies the signature before reading its body.
"""

from __future__ import annotations

import hashlib

from pyrage import DecryptError, EncryptError, IdentityError, RecipientError, decrypt, encrypt
from pyrage.x25519 import Identity, Recipient

from app.domain.errors import BadInput
from app.wire.codec import pack, unpack
from app.wire.messages import Parcel
from app.wire.sticks.folder import Folder
from app.wire.sticks.layout import MOST_PART_BYTES
from app.wire.sticks.looking import Look, Unfit
from app.wire.sticks.troubles import StickTrouble

_VERSION = b"age-encryption.org/v1\n"
_HEADER_END = b"\n--- "
_MOST_HEADER_BYTES = 4096
"""One reader and some grease fit; a header of thousands of readers would cost minutes."""
_MOST_PARCEL_BYTES = 2 << 20


def seal(parcel: Parcel, recipient: str) -> tuple[str, bytes]:
    """The part's name and bytes.

    Raises:
        StickTrouble: the recipient is no key, or the parcel is too large for a part.
    """
    try:
        sealed = encrypt(pack(parcel), [Recipient.from_str(recipient)])
    except (RecipientError, EncryptError, ValueError) as broken:
        raise StickTrouble("stick.no_recipient") from broken
    if len(sealed) > MOST_PART_BYTES:
        raise StickTrouble("stick.part_too_large")
    return hashlib.sha256(sealed).hexdigest(), sealed


def unseal(sealed: bytes, identity: Identity) -> Parcel:
    """The parcel in a part. Nothing in it is to be believed yet.

    Raises:
        Unfit: not sealed for this reader, or no parcel.
    """
    header_end = sealed.find(_HEADER_END, 0, _MOST_HEADER_BYTES)
    if not sealed.startswith(_VERSION) or header_end < 0:
        raise Unfit("unreadable")
    try:
        plain = decrypt(sealed, [identity])
    except (DecryptError, ValueError) as closed:
        raise Unfit("sealed") from closed
    try:
        return unpack(plain, Parcel, limit=_MOST_PARCEL_BYTES)
    except BadInput as strange:
        raise Unfit("unreadable") from strange


def read_identity(text: str) -> Identity:
    """A reader's secret key from its text.

    Raises:
        StickTrouble: it is no key.
    """
    try:
        return Identity.from_str(text.strip())
    except (IdentityError, ValueError) as broken:
        raise StickTrouble("stick.no_identity") from broken


def open_part(look: Look, folder: Folder, name: str, identity: Identity) -> Parcel | None:
    """Read and unseal a part that must be of the station whose folder this is.

    None when it was refused (and counted).
    """
    sealed = look.read(folder, name)
    if sealed is None:
        return None
    with look.timed():
        try:
            parcel = unseal(sealed, identity)
        except Unfit as unfit:
            look.refused[unfit.reason] += 1
            return None
    if parcel.station != folder.path.name:
        look.refused["station"] += 1
        return None
    return parcel
