"""Whether a case is shown alike: how it stands at a station against the centre, field by field."""

from __future__ import annotations

from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import CaseRecord
from centre.cases.reading import show_case
from centre.service import Centre
from tests.model.county.ledger import Wrong
from tests.model.county.pc import Pc


def check_cases(pc: Pc, centre: Centre) -> int:
    """Compare every case that this PC shows; how many.

    Raises:
        Wrong: one stands otherwise, lacks a step, or shows somebody else's personal fields.
    """
    found = pc.running.station.cases.all(with_ended=True)
    site = pc.running.station.tools.site
    with centre.store.reading() as tx:
        for view in found:
            record = view.record
            if record.unconfirmed:
                raise Wrong(f"{pc.label}: case {record.case} still waits for the centre")
            there = show_case(tx, record.case)
            mine, theirs = _shown(record), _shown(there)
            if mine != theirs:
                names = ("kind", "site", "state", "since", "holder", "fields", "steps")
                odd = [n for n, a, b in zip(names, mine, theirs, strict=True) if a != b]
                raise Wrong(f"{pc.label}: case {record.case} differs in {', '.join(odd)}")
            if record.site != site and any(one.step.personal for one in record.history):
                raise Wrong(f"{pc.label}: case {record.case} of {record.site} shows who it is for")
    return len(found)


def _shown(record: CaseRecord) -> tuple[object, ...]:
    personal = CASE_KINDS[record.kind].personal
    return (
        record.kind,
        record.site,
        record.state,
        record.since_ms,
        record.holder,
        tuple(one for one in record.fields if one[0] not in personal),
        tuple((one.step.id, one.state, one.overtaken_by) for one in record.history),
    )
