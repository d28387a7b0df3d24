"""The wishes, a line each."""

from __future__ import annotations

from ui.pages.wishes.presenter import WishesPresenter
from ui.pages.wishes.state import WishesState

from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.parts.layout import PageView, words
from ui.widgets.panel import Card


class WishesPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        card = Card()
        self.lines = words("", "body")
        card.rows.addWidget(self.lines)
        self.rows.addWidget(card)
        self.presenter = WishesPresenter(context.session, self.render_state)
        self.reader = self.presenter.reader

    def act(self, _act: Shortcut) -> bool:
        """No key means anything here."""
        return False

    def render_state(self, state: WishesState) -> None:
        """Show them."""
        lines = [
            say("wishes.line", name=one.name, text=one.text, state=one.state)
            for one in state.wishes
        ]
        self.lines.setText("\n".join(lines) or say("wishes.none"))
