"""The register of a site's equipment (d-4): the PCs the program knows, what was entered, and lines to
write on."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.equipment.device import Device
from app.areas.forms.form import Form, FormCell, FormTable, Say
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import day_of
from app.domain.values import dataclass

NAME = "equipment_list"
_COLUMNS = (
    ("no", 12.0, ""),
    ("equipment", 46.0, "s"),
    ("model", 40.0, "l"),
    ("spec", 34.0, "l"),
    ("pieces", 14.0, ""),
    ("bought", 32.0, ""),
    ("kept_at", 34.0, "l"),
    ("condition", 28.0, "l"),
    ("by_whom", 27.0, ""),
)
_LINES = 12
"""Of the sheet at least; what was not entered is written by hand."""


@dataclass(frozen=True, slots=True)
class StationMachine:
    """A PC with this program: what it is called, and the ISO date since which it is known."""

    name: str = ""
    since: str = ""


def equipment_list(
    say: Say,
    site: str,
    machines: Iterable[StationMachine],
    devices: Iterable[tuple[Device, str]] = (),
) -> Form:
    """The register of one site; beside each device the state of the last case of it, or nothing."""
    rows = [_row(say, at, one) for at, one in enumerate(machines, 1)]
    rows += [_device_row(say, at, *one) for at, one in enumerate(devices, len(rows) + 1)]
    blank = (FormCell(),) * len(_COLUMNS)
    title = say("form.equipment_list")
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {site}",
        head=head_of(say, ("site", site, 12)),
        parts=(
            FormTable(
                "equipment",
                columns_of(say, _COLUMNS),
                (*rows, *(blank,) * max(_LINES - len(rows), 0)),
            ),
        ),
        signatures=(say("paper.sign.writer"), say("paper.sign.day")),
        note=say("form.equipment_note"),
        is_wide=True,
    )


def _row(say: Say, at: int, one: StationMachine) -> tuple[FormCell, ...]:
    since = say("form.known_since", day=day_of(say, one.since)) if one.since else None
    told = (at, say("form.station_pc"), one.name or None, None, 1, since)
    return (*(FormCell(value) for value in told), FormCell(), FormCell(), FormCell())


def _device_row(say: Say, at: int, one: Device, state: str) -> tuple[FormCell, ...]:
    told = (at, one.name, one.model, one.spec, one.pieces, one.bought, one.kept_at)
    condition = say(f"cases.state.equipment.{state}") if state else None
    return (*(FormCell(value or None) for value in (*told, condition, one.by)),)
