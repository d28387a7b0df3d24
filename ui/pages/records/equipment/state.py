"""What the sheet of devices shows."""

from __future__ import annotations

from app.areas.equipment.verbs import DeviceView
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class EquipmentState:
    """The register; ``chosen`` is the device that is looked at, or (None) a new one is written."""

    devices: tuple[DeviceView, ...] = ()
    chosen: DeviceView | None = None
    is_form: bool = False
