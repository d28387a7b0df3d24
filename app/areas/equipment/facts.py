"""The facts of the register: a device was entered, a device was taken out of it."""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.values import dataclass


@fact("equipment.entered")
@dataclass(frozen=True, slots=True)
class EquipmentEntered(Fact):
    """A device stands in the register (domain d 4); said again, the last holds. ``bought`` is an ISO
    date, month or year. Personal: ``name`` of who answers for it."""

    device: str
    name: str
    model: str = ""
    spec: str = ""
    pieces: int = 1
    bought: str = ""
    kept_at: str = ""


@fact("equipment.taken_out")
@dataclass(frozen=True, slots=True)
class EquipmentTakenOut(Fact):
    """A device is in the register no more. Personal: ``reason``."""

    device: str
