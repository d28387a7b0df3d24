"""Entering a device, taking one out, telling a fault of one, and the register as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.areas.cases.verbs import Cases, CaseView
from app.areas.equipment.device import CASE_KIND, Device, DeviceEvent, events_of, standing_of
from app.areas.equipment.facts import EquipmentEntered, EquipmentTakenOut
from app.areas.equipment.record import EQUIPMENT_TABLE, device_of_row
from app.domain import bounds
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.personal import Personal
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading

OPERATOR = "operator"
MOST_PIECES = 10_000
_BOUGHT = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """What is written of a device."""

    name: str
    model: str = ""
    spec: str = ""
    pieces: str = "1"
    bought: str = ""
    kept_at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device, and the case of it that is open or was the last."""

    device: Device
    case: str = ""
    state: str = ""
    """``cases.state.equipment.…`` of that case; empty when nothing was ever told."""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Equipment:
    """What can be done with the register; every change is one unit of work."""

    tools: Tools

    def enter(self, entry: DeviceEntry, device: str = "") -> DeviceView:
        """Write a device down, or what is right of one that stands there.

        Raises:
            BadInput: the name, the number or the day of purchase cannot be.
            NotFound: there is no such device.
        """
        fact, by = self._checked(entry, device or self.tools.new_id("e"))
        with self.tools.store.begin() as work:
            if device:
                _known(work, device)
            work.record(fact, actor=OPERATOR, personal=Personal(name=by) or None)
        return self.show(fact.device)

    def take_out(self, device: str, reason: str) -> DeviceView:
        """It is here no more, and why: given away, scrapped, stolen."""
        reason = bounds.line(reason, bounds.REASON)
        if not reason:
            raise BadInput("refusal.needs_reason")
        with self.tools.store.begin() as work:
            if _known(work, device).is_out:
                raise NotPossibleNow("refusal.device_out")
            fact = EquipmentTakenOut(device)
            work.record(fact, actor=OPERATOR, personal=Personal(reason=reason))
        return self.show(device)

    def tell_fault(self, device: str, what: str) -> CaseView:
        """Something is wrong with it: a case is opened, and goes its way (``app.areas.cases``)."""
        found = self.show(device)
        if found.is_open:
            raise NotPossibleNow("refusal.device_case_open")
        told = {"purpose": "fault", "thing": found.device.called, "what": what}
        return Cases(self.tools).open_case(CASE_KIND, told)

    def works_again(self, device: str, repaired_by: str = "") -> CaseView:
        """Its fault is over."""
        found = self.show(device)
        if not found.is_open:
            raise NotPossibleNow("refusal.device_no_case")
        return Cases(self.tools).move_case(found.case, "works", {"repaired_by": repaired_by})

    def show(self, device: str) -> DeviceView:
        """One device."""
        with self.tools.store.read() as reading:
            known = _known(reading, device)
        return self._view(known)

    def all(self, *, with_out: bool = False) -> tuple[DeviceView, ...]:
        """The register by name; what was taken out only if asked, last."""
        with self.tools.store.read() as reading:
            found = tuple(map(device_of_row, reading.rows(EQUIPMENT_TABLE)))
        listed = sorted(
            (one for one in found if with_out or not one.is_out),
            key=lambda one: (one.is_out, one.name, one.model, one.id),
        )
        return tuple(map(self._view, listed))

    def events(self) -> tuple[DeviceEvent, ...]:
        """Faults that were told, and what became of them."""
        return events_of(one.record for one in self._cases())

    def _cases(self) -> tuple[CaseView, ...]:
        found = Cases(self.tools).all(CASE_KIND, with_ended=True)
        return tuple(one for one in found if one.is_own)

    def _view(self, device: Device) -> DeviceView:
        case = standing_of(device, (one.record for one in self._cases()))
        if case is None:
            return DeviceView(device)
        return DeviceView(device, case.case, case.state, not case.is_ended)

    def _checked(self, entry: DeviceEntry, device: str) -> tuple[EquipmentEntered, str]:
        name, pieces = bounds.line(entry.name, bounds.NAME), entry.pieces.strip() or "1"
        bought = entry.bought.strip()
        if not name:
            raise BadInput("refusal.needs_device")
        if not (pieces.isdecimal() and 0 < int(pieces) <= MOST_PIECES):
            raise BadInput("refusal.bad_pieces", most=MOST_PIECES)
        if bought and _BOUGHT.fullmatch(bought) is None:
            raise BadInput("refusal.bad_bought")
        fact = EquipmentEntered(
            device=device,
            name=name,
            model=bounds.line(entry.model, bounds.NAME),
            spec=bounds.line(entry.spec, bounds.PLACE),
            pieces=int(pieces),
            bought=bought,
            kept_at=bounds.line(entry.kept_at, bounds.PLACE),
        )
        return fact, bounds.line(entry.by, bounds.NAME)


def _known(reading: StoreReading, device: str) -> Device:
    found = reading.rows(EQUIPMENT_TABLE, device=device)
    if not found:
        raise NotFound("refusal.no_device")
    return device_of_row(found[0])
