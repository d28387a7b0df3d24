"""What the facts about one device come to, and the rows made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.areas.equipment.device import Device
from app.areas.equipment.facts import EquipmentEntered, EquipmentTakenOut
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs
from app.domain.projections import Projection, Row, TableShape, number, text


def fold_device(device: str, facts: tuple[DecodedFact, ...], _inputs: Inputs) -> Device | None:
    """The last entry in line order holds; entered again, a device is in the register again."""
    found: Device | None = None
    for one in facts:
        told = one.personal
        if isinstance(one.fact, EquipmentEntered):
            fact = one.fact
            found = Device(
                *(device, fact.name, fact.model, fact.spec, fact.pieces, fact.bought),
                kept_at=fact.kept_at,
                by="" if told is None else told.name,
            )
        elif isinstance(one.fact, EquipmentTakenOut) and found is not None:
            reason = "" if told is None else told.reason
            found = Device(
                *(found.id, found.name, found.model, found.spec, found.pieces, found.bought),
                kept_at=found.kept_at,
                by=found.by,
                is_out=True,
                out_reason=reason,
            )
    return found


def device_of_row(row: Row | Mapping[str, object]) -> Device:
    """The device that a row was made of."""
    return Device(
        id=str(row["device"]),
        name=str(row["name"]),
        model=str(row["model"]),
        spec=str(row["spec"]),
        pieces=int(str(row["pieces"])),
        bought=str(row["bought"]),
        kept_at=str(row["kept_at"]),
        by=str(row["by"]),
        is_out=bool(row["is_out"]),
        out_reason=str(row["out_reason"]),
    )


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.device,) if isinstance(fact, EquipmentEntered | EquipmentTakenOut) else ()


def _rows(device: Device | None) -> Iterator[Row]:
    if device is not None:
        yield {
            "device": device.id,
            "name": device.name,
            "model": device.model,
            "spec": device.spec,
            "pieces": device.pieces,
            "bought": device.bought,
            "kept_at": device.kept_at,
            "by": device.by,
            "is_out": int(device.is_out),
            "out_reason": device.out_reason,
        }


EQUIPMENT_TABLE: TableShape[Device | None] = TableShape(
    name="equipment",
    owner="device",
    columns=(
        *(text("device"), text("name"), text("model"), text("spec"), number("pieces")),
        *(text("bought"), text("kept_at"), text("by"), number("is_out"), text("out_reason")),
    ),
    primary=("device",),
    rows=_rows,
)
EQUIPMENT = Projection(
    "equipment", 1, (EquipmentEntered, EquipmentTakenOut), _keys, fold_device, (EQUIPMENT_TABLE,)
)
PROJECTIONS = (EQUIPMENT,)
