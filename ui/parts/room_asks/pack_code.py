"""The code of a sealed pack, typed in where the centre could only read it out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.areas.tests_of_courses.question_pack import QuestionPack
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.parts.forms.fields import field
from ui.parts.layout import words
from ui.parts.overlay import CardOverlay, lie_over
from ui.state.current_session import CurrentSession
from ui.widgets.buttons import PrimaryButton, QuietButton

WIDTH = 620
_MOST_SIGNS = 24


class PackCode(CardOverlay):
    """``open`` asks for the code of a pack; what was begun goes on once it is right."""

    def __init__(self, owner: QWidget, room: CurrentSession) -> None:
        super().__init__(owner)
        self._owner, self._room = owner, room
        self._pack: QuestionPack | None = None
        self._then: Callable[[QuestionPack], None] | None = None
        self.title.setText(say("op.tests.code_title"))
        self.about = words("", "body")
        self.code = field(say("op.tests.code"), "ABCD-EFGH-IJKL-MNOP", most=_MOST_SIGNS)
        self.unseal = PrimaryButton(say("op.tests.unseal"))
        self.away = QuietButton(say("member.put_away"))
        self.close_button.hide()
        self.unseal.clicked.connect(self._on_typed)
        self.code.returnPressed.connect(self._on_typed)
        self.away.clicked.connect(self.hide)
        for part in (self.about, self.code, self.unseal, self.away):
            self.rows.addWidget(part)

    def open(self, pack: QuestionPack, then: Callable[[QuestionPack], None]) -> None:
        """Ask for it."""
        self._pack, self._then = pack, then
        lie_over(self, self._owner)
        self.about.setText(say("op.tests.code_about", name=pack.name, at=pack.opens))
        self.code.clear()
        self.open_wide(WIDTH, (self.about,))
        self.code.setFocus()

    def takes(self, act: Shortcut) -> bool:
        """While it is shown no key does anything below it; Esc puts it away."""
        if not self.isVisible():
            return False
        if act is Shortcut.ESCAPE:
            self.hide()
        return act is not Shortcut.PRESS

    def _on_typed(self) -> None:
        pack, then, code = self._pack, self._then, self.code.text()
        if pack is None or then is None:
            return

        def done(_none: None) -> None:
            self.hide()
            then(pack)

        self._room.ask(lambda: self._room.station.tests.open_by_code(pack.id, code), done)
