"""``equipment``: the register of devices, by command."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import TYPE_CHECKING

from app.areas.equipment.verbs import DeviceEntry, DeviceView, Equipment
from app.cli.output import CommandResult
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation

_SAID = tuple(one.name for one in fields(DeviceEntry))


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``equipment`` with its verbs."""
    top = commands.add_parser("equipment", help=say("command.equipment"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=say("command.equipment.list"))
    listed.add_argument("--all", action="store_true")
    listed.set_defaults(job=_list)
    entered = verbs.add_parser("enter", help=say("command.equipment.enter"))
    entered.add_argument("--device", default="")
    for one in _SAID:
        entered.add_argument(f"--{one.replace('_', '-')}", default=None)
    entered.set_defaults(job=_enter)
    out = verbs.add_parser("take-out", help=say("command.equipment.take_out"))
    out.add_argument("device")
    out.add_argument("reason")
    out.set_defaults(job=_take_out)
    fault = verbs.add_parser("fault", help=say("command.equipment.fault"))
    fault.add_argument("device")
    fault.add_argument("what")
    fault.set_defaults(job=_fault)
    works = verbs.add_parser("works", help=say("command.equipment.works"))
    works.add_argument("device")
    works.add_argument("--by", default="")
    works.set_defaults(job=_works)
    for verb in (listed, entered, out, fault, works):
        verb.add_argument("--json", action="store_true")


def _list(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    return _told(Equipment(opened.station.tools).all(with_out=chosen.all))


def _enter(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    register = Equipment(opened.station.tools)
    before = register.show(chosen.device).device if chosen.device else None
    said = {}
    for one in _SAID:
        told = getattr(chosen, one)
        if told is None:
            told = "" if before is None else str(getattr(before, one))
        said[one] = told
    return _told((register.enter(DeviceEntry(**said), chosen.device),))


def _take_out(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    return _told((Equipment(opened.station.tools).take_out(chosen.device, chosen.reason),))


def _fault(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    register = Equipment(opened.station.tools)
    register.tell_fault(chosen.device, chosen.what)
    return _told((register.show(chosen.device),))


def _works(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    register = Equipment(opened.station.tools)
    register.works_again(chosen.device, chosen.by)
    return _told((register.show(chosen.device),))


def _told(found: tuple[DeviceView, ...]) -> CommandResult:
    return CommandResult(found, tuple(map(_line, found)) or (say("equipment.none"),))


def _line(view: DeviceView) -> str:
    device = view.device
    state = say("equipment.out") if device.is_out else standing_word(view)
    about = "  ".join(filter(None, (device.kept_at, state)))
    return say(
        "equipment.line", id=device.id, name=device.called, pieces=device.pieces, about=about
    )


def standing_word(view: DeviceView) -> str:
    """How a device stands, by the last case of it."""
    return say(f"cases.state.equipment.{view.state}") if view.state else ""
