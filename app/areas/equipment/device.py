"""A device of the register, and how it stands by the cases of it: the same at station and centre."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.cases.machine import CaseRecord
from app.domain.values import dataclass

CASE_KIND = "equipment"
"""Faults and loans are cases of this kind (``app.areas.cases.declared``)."""


@dataclass(frozen=True, slots=True)
class Device:
    """One line of the register; ``by`` answers for it."""

    id: str
    name: str
    model: str = ""
    spec: str = ""
    pieces: int = 1
    bought: str = ""
    kept_at: str = ""
    by: str = ""
    is_out: bool = False
    out_reason: str = ""

    @property
    def called(self) -> str:
        """How cases name it: two of one name are told apart by their model."""
        return f"{self.name} {self.model}".strip()


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """A step of a case about a device: ``state`` is what it made (``cases.state.equipment.…``)."""

    case: str
    thing: str
    what: str
    state: str
    at_ms: int
    repaired_by: str = ""


def standing_of(device: Device, cases: Iterable[CaseRecord]) -> CaseRecord | None:
    """The newest case about a device; None when nothing was ever told of it."""
    own = (one for one in cases if one.kind == CASE_KIND and one.value("thing") == device.called)
    return max(own, key=lambda one: (one.opened_ms, one.case), default=None)


def events_of(cases: Iterable[CaseRecord]) -> tuple[DeviceEvent, ...]:
    """What was told of faults and repairs, in order of time; loans are no trouble of a device."""
    found = []
    for one in cases:
        if one.kind != CASE_KIND or one.value("purpose") != "fault":
            continue
        for taken in one.history:
            if taken.is_overtaken:
                continue
            said = dict(taken.step.fields)
            found.append(
                DeviceEvent(
                    case=one.case,
                    thing=one.value("thing"),
                    what=said.get("what", "") or said.get("note", ""),
                    state=taken.state,
                    at_ms=taken.step.at_ms,
                    repaired_by=said.get("repaired_by", ""),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.at_ms, one.case)))
