"""Reads the register and does what is said of a device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.areas.equipment.verbs import DeviceEntry, DeviceView, Equipment
from ui.pages.records.equipment.state import EquipmentState
from ui.state.current_session import CurrentSession, StatusTone


class EquipmentPresenter:
    """Intents of the sheet; ``kept`` is told after each change."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[EquipmentState], None],
        kept: Callable[[], None],
    ) -> None:
        self._room, self._render, self._kept = room, render, kept
        self.state = EquipmentState()

    @property
    def _register(self) -> Equipment:
        return Equipment(self._room.station.tools)

    def load(self) -> None:
        """Read the register."""
        self._room.ask(self._register.all, self._on_read)

    def write_new(self) -> None:
        """An empty form."""
        self._show(chosen=None, is_form=True)

    def choose(self, view: DeviceView) -> None:
        """Look at a device."""
        self._show(chosen=view, is_form=True)

    def back(self) -> None:
        """Back to the register."""
        self._show(chosen=None, is_form=False)

    def save(self, entry: DeviceEntry) -> None:
        """Enter it, or correct it."""
        chosen = self.state.chosen
        device = "" if chosen is None else chosen.device.id
        self._do(partial(self._register.enter, entry, device), "op.equipment.saved")

    def tell_fault(self, what: str) -> None:
        """Something is wrong with the chosen device."""
        self._do_chosen(lambda of: self._register.tell_fault(of, what), "op.equipment.fault_told")

    def works_again(self, by: str) -> None:
        """It was mended."""
        self._do_chosen(lambda of: self._register.works_again(of, by), "op.equipment.repaired")

    def take_out(self, reason: str) -> None:
        """It is here no more."""
        self._do_chosen(lambda of: self._register.take_out(of, reason), "op.equipment.taken_out")

    def _do_chosen(self, act: Callable[[str], object], said: str) -> None:
        chosen = self.state.chosen
        if chosen is not None:
            device = chosen.device

            def job() -> DeviceView:
                act(device.id)
                return chosen

            self._do(job, said)

    def _do(self, job: Callable[[], DeviceView], said: str) -> None:
        def done(view: DeviceView) -> None:
            self._room.host.fact_made()
            self._room.say(said, StatusTone.DONE, name=view.device.called)
            self._show(chosen=None, is_form=False)
            self._kept()
            self.load()

        self._room.ask(job, done)

    def _on_read(self, devices: tuple[DeviceView, ...]) -> None:
        self._show(devices=devices)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._render(self.state)
