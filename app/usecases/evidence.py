"""Handing the record to an auditor: an export that is checked without this program."""

from __future__ import annotations

import base64
from pathlib import Path

from msgspec import Struct

from app.usecases.exchange import WHOLE_RECEIPT, Enrolment
from app.usecases.tools import Tools
from app.wire.signing import public_key_of


class ExportOutcome(Struct, frozen=True):
    """Where the export lies, and how many facts it has."""

    folder: Path
    facts: int


def export(
    tools: Tools, enrolment: Enrolment | None, folder: Path, *, with_personal: bool = False
) -> ExportOutcome:
    """Write the whole record into a folder; see ``app.store.export`` for what is in it.

    Raises:
        StationTrouble: the folder can't be written.
    """
    with tools.store.read() as reading:
        kept = (reading.setting(WHOLE_RECEIPT) or "").split()
    whole = None
    if len(kept) == 2:
        receipt, signature = (base64.b64decode(one) for one in kept)
        whole = {"receipt": receipt.decode("utf-8"), "signature": signature.hex()}
    keys: dict[str, str] = {}
    if enrolment is not None:
        keys = {"station": enrolment.station, "centre_key": enrolment.centre_key.hex()}
        if enrolment.private_key:
            keys["station_key"] = public_key_of(enrolment.private_key).hex()
        if enrolment.credential is not None:
            keys["credential"] = enrolment.credential.credential.decode("utf-8")
            keys["credential_signature"] = enrolment.credential.signature.hex()
    facts = tools.store.export(folder, keys=keys, whole_receipt=whole, with_personal=with_personal)
    return ExportOutcome(folder, facts)
