"""Builds the operator's eleven pages from what the desk has."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.keys import Act
from ui.pages.close.view import CloseView
from ui.pages.courses.view import CoursesView
from ui.pages.discuss.view import DiscussView
from ui.pages.play.view import PlayView
from ui.pages.prepare.view import PrepareView
from ui.pages.records.view import RecordsView
from ui.pages.roll_call.drawer import LateDrawer
from ui.pages.roll_call.view import RollCallView
from ui.pages.roster.view import RosterView
from ui.pages.sending.view import SendingView
from ui.pages.settings.view import SettingsView
from ui.pages.today.view import TodayView
from ui.places import Place
from ui.refresh import Reader
from ui.windows.desk import Desk


class OperatorPage(Protocol):
    """What the window needs of a page; every page is a QWidget besides."""

    reader: Reader

    def act(self, act: Act) -> bool:
        """A key was pressed; True when it meant something here."""


def build_pages(desk: Desk) -> tuple[dict[Place, QWidget], LateDrawer]:
    """All pages by name, and the late drawer inside the play page."""
    room, playback = desk.room, desk.playback
    drawer = LateDrawer(room)
    pages: dict[Place, QWidget] = {
        Place.TODAY: TodayView(room),
        Place.PREPARE: PrepareView(room, desk.make_mirror(), desk.screen_check, desk.identify),
        Place.ROLL_CALL: RollCallView(
            room, desk.make_mirror(), desk.self_service, desk.toggle_self_service
        ),
        Place.PLAY: PlayView(room, playback, desk.make_mirror(), drawer),
        Place.DISCUSS: DiscussView(
            room,
            desk.make_mirror(),
            mono_ms=desk.mono_ms,
            questions_shown=desk.questions_shown,
        ),
        Place.CLOSE: CloseView(room, playback),
        Place.COURSES: CoursesView(room, desk.look_at),
        Place.RECORDS: RecordsView(room),
        Place.SENDING: SendingView(room, desk.sync_view, desk.send_now, desk.carry),
        Place.ROSTER: RosterView(room),
        Place.SETTINGS: SettingsView(
            room, read=desk.read_choices, chosen=desk.choose, identify=desk.identify
        ),
    }
    return pages, drawer
