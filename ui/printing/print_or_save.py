"""Printing as a page offers it: to the system's printer, or into a PDF when there is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.areas.forms.form import Form
from app.domain.errors import StationTrouble
from ui.printing.form_paper import draw_forms
from ui.printing.keeping import keep_file
from ui.printing.output import Draw, has_printer, pdf_of, print_asking
from ui.state.current_session import CurrentSession, StatusTone


def offer_forms(parent: QWidget, room: CurrentSession, forms: Sequence[Form], title: str) -> None:
    """Print forms, one after another, or save them as one PDF."""
    is_wide = forms[0].is_wide
    offer(parent, room, lambda paper: draw_forms(paper, forms), title, is_wide=is_wide)


def offer(
    parent: QWidget, room: CurrentSession, draw: Draw, title: str, *, is_wide: bool = False
) -> None:
    """Print, or save as PDF, and say in one sentence what came of it."""
    if has_printer():
        try:
            if print_asking(parent, draw, title, is_wide=is_wide):
                room.say("paper.printed", StatusTone.DONE)
        except StationTrouble as trouble:
            room.tell(trouble)
        return
    data = pdf_of(draw, title, is_wide=is_wide)
    # A slow stick must hold up neither the window nor the record.
    room.jobs.net(
        lambda: keep_file(data, title),
        lambda kept: room.say(
            "paper.saved", StatusTone.DONE, place=kept.place, name=kept.path.name
        ),
        room.tell,
    )
