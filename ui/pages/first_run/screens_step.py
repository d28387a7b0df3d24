"""Step two: which screen the room sees, shown with large numbers on the screens themselves."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.words import say
from ui.audience.picture.extend_picture import ExtendPicture
from ui.pages.first_run.context import WizardContext
from ui.pages.first_run.step import SetupStep
from ui.parts.forms.fields import Choice
from ui.parts.forms.seat_distance import SeatForm
from ui.parts.layout import clear, column, row, words
from ui.state.screens import choose_screen, other_screens
from ui.widgets.buttons import SecondaryButton

ONE = "-"


class ScreensStep(SetupStep):
    """A choice is in force at once; the main act only goes on."""

    def __init__(self, context: WizardContext) -> None:
        super().__init__(say("first.screens.title"), "screens")
        self._context = context
        self.how = words("", "body")
        self._place = column()
        place = QWidget()
        place.setLayout(self._place)
        self.choice: Choice | None = None
        self.identify = SecondaryButton(say("first.screens.identify"), icon="screens")
        self.swap = SecondaryButton(say("first.screens.swap"), icon="screen")
        self.identify.clicked.connect(context.screens.identify)
        self.swap.clicked.connect(self._on_swap)
        self.drawing = ExtendPicture(low=True)
        self.seats = SeatForm(low=True)
        self.seats.chosen.connect(self._on_seats)
        self.rows.addWidget(self.how)
        for part in (self.swap, self.drawing, self.seats):
            part.hide()  # until the screens are known; all together they would be too high
        left = column(place, row(self.identify, self.swap), None)
        right = column(self.drawing, self.seats, None)
        both = row(left, right, gap=20)
        for side in (0, 1):
            both.setStretch(side, 1)
        self.rows.addLayout(both)
        self.rows.addWidget(self.note)
        self.rows.addStretch(1)

    def opened(self) -> None:
        """Read the screens anew: one may have been plugged in meanwhile."""
        seen, own = self._context.screens.screens(), self._context.screens.own_screen()
        several = bool(other_screens(seen, own))
        self.how.setText(say("first.screens.two" if several else "first.screens.one"))
        options: list[tuple[str, str]] = []
        for number, one in enumerate(seen, start=1):
            size = f"{one.width}×{one.height}"
            key = "here" if one.name == own else "other"
            word = say(f"first.screens.{key}", number=number, name=one.name, size=size)
            if one.name != own:
                options.append((one.name, word))
        clear(self._place)
        self.choice = Choice([*options, (ONE, say("first.screens.single"))], columns=1)
        choices = self._context.preferences.read()
        wanted = choose_screen(seen, own, choices.audience_screen, one_screen=choices.one_screen)
        self.choice.choose(wanted or ONE)
        self.choice.chosen.connect(self._on_chosen)
        self._place.addWidget(self.choice)
        self.swap.setVisible(several)
        self.drawing.setVisible(not several)
        self.seats.setVisible(several)
        self.seats.show_choices(choices)

    def tell(self, sentence: str) -> None:
        """What came of it stands where the way to do it was explained."""
        self.how.setVisible(not sentence)
        super().tell(sentence)

    def main_word(self) -> str:
        """See ``SetupStep``."""
        return say("first.screens.right")

    def _on_chosen(self, key: str) -> None:
        name = "" if key == ONE else key
        self._context.preferences.choose(
            replace(self._context.preferences.read(), audience_screen=name, one_screen=not name)
        )

    def _on_seats(self, last_row_m: float, picture_m: float) -> None:
        choices = self._context.preferences.read()
        self._context.preferences.choose(
            replace(choices, last_row_m=last_row_m, picture_m=picture_m)
        )
        self.seats.show_choices(self._context.preferences.read())

    def _on_swap(self) -> None:
        self._context.screens.swap()
        self.opened()
        self.tell(say("first.screens.swapped"))
