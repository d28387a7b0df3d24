"""Whether what a PC believes confirmed is at the centre: true at every moment, not only at the end."""

from __future__ import annotations

from app.wire.codec import read_receipt
from app.wire.signing import RECEIPT_LABEL, verifies
from tests.model.county.centre_side import CentreSide
from tests.model.county.ledger import Wrong
from tests.model.county.pc import Pc

_CONFIRMED = (
    "SELECT f.hash FROM facts f JOIN segments s ON s.no = f.segment_no WHERE f.n <= s.acked_n"
)
_RECEIPTS = "SELECT id, acked_n, receipt, signature FROM segments WHERE receipt IS NOT NULL"


def check_receipts(side: CentreSide, pc: Pc) -> None:
    """Every fact a PC believes confirmed is at the centre, and the receipts are the centre's."""
    confirmed = {bytes(row[0]) for row in pc.raw(_CONFIRMED)}
    missing = confirmed - side.hashes()
    if missing:
        raise Wrong(f"{pc.label} holds receipts for {len(missing)} facts that the centre lacks")
    for segment, acked_n, data, signature in pc.raw(_RECEIPTS):
        if not verifies(pc.enrolment.centre_key, signature, RECEIPT_LABEL, data):
            raise Wrong(f"{pc.label} keeps a receipt that is not the centre's")
        receipt = read_receipt(data)
        if (receipt.station, receipt.segment) != (pc.station, segment):
            raise Wrong(f"{pc.label} keeps a receipt of another segment")
        if acked_n is not None and acked_n < receipt.upto_n:
            raise Wrong(f"{pc.label} confirms less of {segment[:8]} than its receipt")
