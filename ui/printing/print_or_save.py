"""Printing as a page offers it: to the system's printer, or into a PDF when there is none."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.errors import StationTrouble
from ui.printing.output import Draw, ask_for_file, has_printer, pdf_of, print_asking
from ui.state.current_session import CurrentSession, StatusTone


def offer(parent: QWidget, room: CurrentSession, draw: Draw, title: str) -> None:
    """Print, or save as PDF, and say in one sentence what came of it."""
    if has_printer():
        try:
            if print_asking(parent, draw, title):
                room.say("paper.printed", StatusTone.DONE)
        except StationTrouble as trouble:
            room.tell(trouble)
        return
    path = ask_for_file(parent, title)
    if path is None:
        return
    data = pdf_of(draw, title)
    room.ask(
        lambda: write_whole(path, data),
        lambda _: room.say("paper.saved", StatusTone.DONE, name=path.name),
    )


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place whole or not at all. StationTrouble when it can't be written."""
    draft = path.with_name(path.name + ".draft")
    try:
        draft.write_bytes(data)
        os.replace(draft, path)
    except OSError as failed:
        draft.unlink(missing_ok=True)
        raise StationTrouble("trouble.file_not_written") from failed
