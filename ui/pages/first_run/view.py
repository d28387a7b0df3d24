"""The first setting up as one page: a step bar, the step in front, one main act, skip beside it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.words import language, say
from ui.lock.help_overlay import HelpOverlay
from ui.pages.first_run.context import WizardContext
from ui.pages.first_run.enrol_step import EnrolStep
from ui.pages.first_run.one_page import OnePage
from ui.pages.first_run.pin_page import PinPage
from ui.pages.first_run.print_step import PrintStep
from ui.pages.first_run.screens_step import ScreensStep
from ui.pages.first_run.sound_step import SoundStep
from ui.pages.first_run.step import SetupStep
from ui.parts.layout import row, words
from ui.state.restart import Restart
from ui.theme import look, tokens
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.panel import label
from ui.widgets.reading_order import read_in_order
from ui.widgets.seal import Seal
from ui.widgets.step_bar import StepBar, StepLook, StepMark

STEP_HEIGHT = 64


class How(StrEnum):
    """How a step ended."""

    LATER = "later"
    DONE = "done"
    SKIPPED = "skipped"


class SetupWizardView(QWidget):
    """Four steps and the PIN; ``language_wanted`` when the other language is asked for."""

    language_wanted = Signal()
    practice_wanted = Signal()
    finished = Signal()

    def __init__(self, context: WizardContext, wanted: Restart = Restart.SETUP) -> None:
        super().__init__()
        self._only_enrols = wanted.enrols
        """Then the first step is all there is, and it may be left undone."""
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(say("first.title"))
        self._ordering = QTimer(self, singleShot=True, interval=0)
        self._ordering.timeout.connect(lambda: read_in_order(self))
        self._context = context
        self.enrol, self.screens = EnrolStep(context), ScreensStep(context)
        self.sound, self.printing = SoundStep(context), PrintStep(context)
        self.steps: dict[str, SetupStep] = {
            "enrol": self.enrol,
            "screens": self.screens,
            "sound": self.sound,
            "print": self.printing,
        }
        self.how: dict[str, How] = dict.fromkeys(self.steps, How.LATER)
        self.at = "enrol"
        self.pin = PinPage(context)
        self._build()
        self._lay_out()
        if wanted.enrols:
            self.enrol.prefer(wanted.value)
        for step in self.steps.values():
            step.changed.connect(self._show_words)
            step.passed.connect(lambda: self._leave_step(How.DONE))
        self.pin.passed.connect(self.finished)
        self.go("enrol")

    def go(self, key: str) -> None:
        """Bring a step to the front."""
        self.at = key
        step = self.steps[key]
        self._stack.show_page(step)
        self.bar.setVisible(not self._only_enrols)
        self.foot.show()
        self.setFocus()
        step.opened()
        self.back.setVisible(key != "enrol")
        self._show_steps()
        self._show_words()

    def go_on_from(self, before: SetupWizardView) -> None:
        """Stand where the same setting up stood in the other language."""
        self.how = dict(before.how)
        self.go(before.at)
        if before.at_pin:
            self._open_pin()

    @property
    def at_pin(self) -> bool:
        """Whether the last page is in front."""
        return self._stack.front is self.pin

    def _build(self) -> None:
        self.bar = StepBar()
        self.bar.chosen.connect(self._on_step_chosen)
        self._stack = OnePage()
        for page in (*self.steps.values(), self.pin):
            self._stack.add(page)
        self.back = QuietButton(say("first.back"), icon="arrow_left")
        self.skip = SecondaryButton(say("op.cancel" if self._only_enrols else "first.skip"))
        self.main = PrimaryButton(say("first.next"), icon="arrow_right")
        self.language = QuietButton(say(f"op.settings.{'zh' if language() == 'en' else 'en'}"))
        self.help_button = QuietButton(say("op.help"), icon="help")
        self.practise = SecondaryButton(say("practice.begin"), icon="play")
        self.practise.clicked.connect(self.practice_wanted)
        self.main.clicked.connect(self._on_main)
        self.skip.clicked.connect(lambda: self._leave_step(How.SKIPPED))
        self.back.clicked.connect(self._on_back)
        self.language.clicked.connect(self.language_wanted)
        for button in (self.back, self.skip, self.main):
            button.setMinimumHeight(look.scaled(tokens.CONTROL_MAIN))
        self.main.setMinimumWidth(look.scaled(240))
        self.skip.setMinimumWidth(look.scaled(150))

    def _lay_out(self) -> None:
        header = row(
            Seal(look.scaled(44)),
            label(say("first.again.enrol" if self._only_enrols else "first.title"), "section"),
            None,
            self.practise,
            self.language,
            self.help_button,
        )
        self.foot = QWidget()
        self.foot.setLayout(
            row(
                self.back,
                words("" if self._only_enrols else say("first.any_time"), "caption"),
                self.skip,
                self.main,
            )
        )
        foot_row = self.foot.layout()
        if foot_row is not None:
            foot_row.setContentsMargins(0, 0, 0, 0)
        if isinstance(foot_row, QHBoxLayout):
            foot_row.setStretch(1, 1)
        rows = QVBoxLayout(self)
        side = look.scaled(tokens.MARGIN)
        rows.setContentsMargins(side, look.scaled(10), side, look.scaled(10))
        rows.setSpacing(look.scaled(12))
        rows.addLayout(header)
        rows.addWidget(self.bar)
        rows.addWidget(self._stack, 1)
        rows.addWidget(self.foot)
        self.help = HelpOverlay(self, "first")
        self.help.closed.connect(self.setFocus)
        self.help_button.clicked.connect(self.help.open)
        self.pin.pad.help_wanted.connect(self.help.open)

    def _show_steps(self) -> None:
        marks = []
        for key in self.steps:
            now, how = key == self.at, self.how[key]
            stands = StepLook.NOW if now else StepLook.OPEN
            if how is How.DONE and not now:
                stands = StepLook.DONE
            note = say("first.note.now") if now else say(f"first.note.{how.value}")
            marks.append(StepMark(key, say(f"first.step.{key}"), note, stands))
        self.bar.show_steps(tuple(marks))
        for part in self.bar.parts:
            part.setFixedHeight(look.scaled(STEP_HEIGHT))

    def _show_words(self) -> None:
        step = self.steps[self.at]
        self.main.say(step.main_word(), icon=step.main_icon())
        self.skip.setEnabled(not step.is_busy)
        self.main.setEnabled(not step.is_busy)
        # What asks the centre must be there to hear what comes of it.
        self.language.setEnabled(not self.enrol.is_busy)
        self._ordering.start()  # what a step has just made is shown in the next turn

    def _on_main(self) -> None:
        self.steps[self.at].act()

    def _on_step_chosen(self, key: str) -> None:
        if not self.steps[self.at].is_busy:
            self.go(key)

    def _on_back(self) -> None:
        keys = list(self.steps)
        if not self.steps[self.at].is_busy:
            self.go(keys[max(keys.index(self.at) - 1, 0)])

    def _leave_step(self, how: How) -> None:
        if how is How.DONE or self.how[self.at] is not How.DONE:
            self.how[self.at] = how
        keys = list(self.steps)
        following = keys.index(self.at) + 1
        if following < len(keys) and not self._only_enrols:
            self.go(keys[following])
        elif self.pin.has_pin or self._only_enrols:
            self.finished.emit()
        else:
            self._open_pin()

    def _open_pin(self) -> None:
        self.bar.hide()
        self.foot.hide()
        self._stack.show_page(self.pin)
        self.pin.opened()
        self._ordering.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is shown can be walked through."""
        super().showEvent(event)
        read_in_order(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the main act, Esc the step before, F1 help; held down, each is done once."""
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_F1:
            self.help.open()
        elif self.at_pin:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F5):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
            elif not self.steps[self.at].is_busy:
                self._on_main()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_back()
        else:
            super().keyPressEvent(event)
