"""Putting a book as a spreadsheet where somebody says: a stick, the desktop, the documents."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from app.areas.forms.form import Form
from app.machine import drives
from app.words import say
from ui.parts.chooser.listing import FilePlace, places
from ui.parts.chooser.stick_question import PlaceQuestion
from ui.printing.keeping import KeptFile, keep_file_in
from ui.state.current_session import CurrentSession, StatusTone


def save_table(question: PlaceQuestion, room: CurrentSession, form: Form) -> None:
    """Ask where, write it there, and say so; sticks may be slow, so nothing waits for them."""
    from app.areas.forms.render_xlsx import xlsx_of  # the library is loaded to write

    def keep(place: FilePlace) -> None:
        chosen = KeptFile(say(f"choose.on_{place.kind}"), place.path)
        room.jobs.net(
            lambda: keep_file_in(xlsx_of((form,)), form.file_name, chosen, "xlsx"),
            lambda kept: room.say(
                "paper.kept", StatusTone.DONE, place=kept.place, name=kept.path.name
            ),
            room.tell,
        )

    room.jobs.net(saving_places, lambda found: question.ask(found, keep), room.tell)


def saving_places() -> tuple[FilePlace, ...]:
    """Where it may be put; one place there always is. Any thread."""
    standard = QStandardPaths.StandardLocation
    desktop, documents = (
        QStandardPaths.writableLocation(one)
        for one in (standard.DesktopLocation, standard.DocumentsLocation)
    )
    found = places(drives.removable_drives(), desktop, documents)
    return found or (FilePlace("desktop", Path.home()),)
