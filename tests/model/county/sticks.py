"""The sticks of a county: folders that anybody may write to, and the facts that lie on them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pyrage import DecryptError

from app.domain.errors import BadInput
from app.wire.codec import unpack
from app.wire.messages import ExchangeRequest, Parcel
from app.wire.sticks.layout import TOP, UP
from centre.intake.runs import chained
from tests.model.county.chance import decrypt

STICKS = 3


def stick_of(folder: Path, number: int) -> Path:
    """The folder of a stick."""
    path = folder / f"stick{number}"
    path.mkdir(exist_ok=True)
    return path


def facts_on_sticks(folder: Path) -> set[bytes]:
    """Facts in whole parts on their way up: they are copies like all others."""
    found: set[bytes] = set()
    for number in range(STICKS):
        for path in (folder / f"stick{number}").glob(f"{TOP}/{UP}/*/*"):
            data = path.read_bytes()
            if sha256(data).hexdigest() == path.name:
                found.update(_facts_in(data))
    return found


def _facts_in(sealed: bytes) -> Iterator[bytes]:
    try:
        parcel = unpack(decrypt(sealed, []), Parcel)
        request = unpack(parcel.body, ExchangeRequest)
    except (BadInput, DecryptError):
        return
    for run in request.runs:
        yield from chained(run).hashes
