"""The operator's PIN, when the window locks, and the lock of a single screen."""

from __future__ import annotations

from app.domain.operator_pin import IDLE_MINUTES
from app.words import say
from ui.lock.controller import LockController
from ui.pages.settings.section import Section
from ui.pages.settings.state import SettingsState
from ui.parts.forms.fields import Choice
from ui.parts.layout import column, row, words
from ui.widgets.fit.button import FitButton


class LockRow(Section):
    """Says plainly what it means to have no PIN."""

    def __init__(self, guard: LockController) -> None:
        super().__init__(say("lock.settings.title"))
        self._guard = guard
        self.stands = words("", "body")
        self.set_pin = FitButton(say("lock.settings.set"), icon="lock")
        self.remove = FitButton(say("lock.settings.remove"))
        self.lock_now = FitButton(say("lock.settings.now"))
        self.after_words = words(say("lock.settings.after"), "body")
        self.minutes = Choice(
            [(str(one), say("lock.settings.minutes", minutes=one)) for one in IDLE_MINUTES],
            columns=2,
        )
        self.single_note = words("", "body")
        self.single = Choice([("on", say("lock.settings.on")), ("off", say("lock.settings.off"))])
        self.hand_over = FitButton(say("lock.settings.single_now"), icon="screen")
        buttons = column(self.set_pin, row(self.remove, self.lock_now))
        self.rows.addWidget(self.stands)
        self.rows.addLayout(buttons)
        for part in (self.after_words, self.minutes):
            self.rows.addWidget(part)
        self.rows.addWidget(words(say("lock.settings.single"), "section"))
        for under in (self.single_note, self.single, self.hand_over):
            self.rows.addWidget(under)
        self.set_pin.clicked.connect(guard.choose_pin)
        self.remove.clicked.connect(guard.remove_pin)
        self.lock_now.clicked.connect(lambda: guard.lock())
        self.minutes.chosen.connect(lambda one: guard.lock_after(int(one)))
        self.single.chosen.connect(lambda one: guard.use_single_screen_lock(on=one == "on"))
        self.hand_over.clicked.connect(guard.single.fill)
        guard.changed.connect(self.show_lock)
        self.show_lock()

    def render_state(self, state: SettingsState) -> None:
        """Handing over is offered where there is one screen only."""
        self.hand_over.setVisible(not state.audience and self._guard.view.single_screen)

    def show_lock(self) -> None:
        """How this PC is locked."""
        view = self._guard.view
        pin = view.has_pin
        self.stands.setText(say("lock.settings.there" if pin else "lock.settings.none"))
        self.set_pin.say(say("lock.settings.change" if pin else "lock.settings.set"))
        for part in (self.remove, self.lock_now, self.after_words, self.minutes):
            part.setVisible(pin)
        self.minutes.choose(str(view.idle_minutes))
        self.single.choose("on" if view.single_screen else "off")
        self.single_note.setText(
            say("lock.settings.single_note_pin" if pin else "lock.settings.single_note")
        )
        self.hand_over.setVisible(view.single_screen and not self._guard.has_room_screen)
