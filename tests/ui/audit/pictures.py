"""The pictures of the documents: every screen in every state, small, in ``docs/screens``.

    python -m tests.ui.audit.pictures

The same walk that the audit measures, so a picture is of a screen that has been held to its
floors. 1366×768 at the large size, as on most stations.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.words import speak
from tests.support.stations import station_at
from tests.ui.audit.around import desk, locked, set_up, vouched
from tests.ui.audit.one_screen import Overlays
from tests.ui.audit.states import furnish, member_states, settled, whole_session
from tests.ui.operator_driver import stand_at
from tests.ui.pages.member_sign_in.driver import SITE, JobsAtOnce, RecordingHost, opened
from ui.audience.picture.samples import draw, every_scene
from ui.audience.state import RoomShows
from ui.lock.lock_screen import LockScreen
from ui.pages.first_run.view import SetupWizardView
from ui.pages.member_sign_in.view import MemberSignInView
from ui.theme import look
from ui.theme.tokens import InterfaceSize, Theme

TARGET = Path(__file__).resolve().parents[3] / "docs" / "screens"
WIDTH, HEIGHT = 1366, 768
ROOM_WIDTH = 960
PITCH_MM = 0.252
COLOURS = 128
WIDGETS = (RoomShows.PLAY, RoomShows.BLACK, RoomShows.SIGN_IN)
KEPT: list[tuple[str, str]] = []
"""Group and name of each picture, in the order they were taken."""
IN_ENGLISH = ("today", "roll-call-some", "play", "sending-waiting")
IN_THEMES = ("today", "roll-call-some", "play")
TITLES = {
    "first": ("The first setting up, once", "第一次设置"),
    "lock": ("The operator’s PIN", "管理员密码"),
    "operator": ("The operator’s window, through a session", "操作员窗口：一场学习从头到尾"),
    "member": ("The member’s sign-in screen", "学员签到屏"),
    "one-screen": ("One screen for all", "一个屏幕"),
    "room": ("What the room sees", "大屏"),
    "themes": ("Dark window, high contrast, English", "暗色、高对比、英文"),
}


def keep(image: QImage, group: str, name: str) -> None:
    """One picture in its commonest colours: letters keep their soft edges, files stay small."""
    KEPT.append((group, name))
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    table = [colour for colour, _times in counted.most_common(COLOURS)]
    few = plain.convertToFormat(
        QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither
    )  # fmt: skip
    few.save(str(TARGET / f"{group}-{name}.png"), quality=0)


def keep_widget(widget: QWidget, group: str, name: str) -> None:
    """What a widget shows now."""
    keep(widget.grab().toImage(), group, name)


def operator(app: QApplication, folder: Path, *, language: str, theme: Theme) -> None:
    """The session of the operator; in other languages and themes only the main pages."""
    speak(language)
    look.apply_look(app, InterfaceSize.LARGE, width=WIDTH, lines=HEIGHT, theme=theme)
    plain = language == "zh" and theme is Theme.LIGHT
    with station_at(folder / "home") as station:
        stand = stand_at(station)
        furnish(stand, folder)
        window = stand.open_window(width=WIDTH, height=HEIGHT)
        for name in whole_session(stand, window):
            settled(app)
            if plain:
                keep_widget(window, "operator", name)
            elif name in (IN_ENGLISH if language == "en" else IN_THEMES):
                kind = language if language == "en" else theme.value
                keep_widget(window, "themes", f"{kind}-{name}")
        stand.close()


def member(app: QApplication, folder: Path) -> None:
    """The sign-in screen in every state."""
    speak("zh")
    look.apply_look(app, InterfaceSize.LARGE, width=WIDTH, lines=HEIGHT)
    with station_at(folder / "home") as station:
        view = MemberSignInView(
            station.station.attendance,
            JobsAtOnce(),
            RecordingHost(),
            pitch_mm=PITCH_MM,
        )
        view.resize(WIDTH, HEIGHT)
        view.show()
        view.show_session(opened(station.station), SITE)
        for name, state in member_states():
            view.show_state(state)
            settled(app)
            keep_widget(view, "member", name)
        view.close()
        view.deleteLater()


def one_screen(app: QApplication) -> None:
    """What comes over the picture of one screen."""
    speak("zh")
    look.apply_look(app, InterfaceSize.LARGE, width=WIDTH, lines=HEIGHT)
    over = Overlays()
    for name, part in over.walk(WIDTH, HEIGHT):
        settled(app)
        keep_widget(part, "one-screen", name)
    over.screen.close()


def around(app: QApplication) -> None:
    """The first setting up and the locked window."""
    speak("zh")
    look.apply_look(app, InterfaceSize.LARGE, width=WIDTH, lines=HEIGHT)

    def walk(window: QMainWindow, group: str, states: Iterator[str]) -> None:
        for name in states:
            settled(app)
            keep_widget(window, group, name)

    setting_up = QMainWindow()
    view = SetupWizardView(desk())
    setting_up.setCentralWidget(view)
    setting_up.resize(WIDTH, HEIGHT)
    setting_up.show()
    walk(setting_up, "first", set_up(view))
    setting_up.close()
    window = QMainWindow()
    window.resize(WIDTH, HEIGHT)
    window.show()
    sheet = LockScreen(window)
    walk(window, "lock", locked(sheet))
    sheet.hide()
    walk(window, "lock", vouched(window))
    window.close()


def room() -> None:
    """What the room sees, drawn at 1080 lines and made smaller."""
    speak("zh")
    for name, state in every_scene():
        if state.shows not in WIDGETS:
            image, _texts = draw(state, 1920, 1080)
            smooth = Qt.TransformationMode.SmoothTransformation
            keep(image.scaledToWidth(ROOM_WIDTH, smooth), "room", name)


def contents() -> str:
    """The page that shows all pictures in order."""
    lines = [
        "# Screens · 界面",
        "",
        "Rendered by `./dev screens`: real widgets on a real record, 1366×768 at the large size.",
        "Every state here is one the audit of `tests/ui/audit` measures at every size and in both",
        "languages. 所有画面由 `./dev screens` 生成。",
    ]
    for group, (english, chinese) in TITLES.items():
        lines += ["", f"## {english} · {chinese}", ""]
        for name in (one for kept, one in KEPT if kept == group):
            lines += [f"**{name.replace('-', ' ')}**", "", f"![{name}]({group}-{name}.png)", ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv)
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.png"):
        old.unlink()
    room()
    around(app)
    one_screen(app)
    for kind in ("plain", "member", "en", "dark", "stark"):
        with tempfile.TemporaryDirectory() as folder:
            if kind == "member":
                member(app, Path(folder))
            else:
                theme = Theme(kind) if kind in ("dark", "stark") else Theme.LIGHT
                language = "en" if kind == "en" else "zh"
                operator(app, Path(folder), language=language, theme=theme)
    (TARGET / "README.md").write_text(contents(), encoding="utf-8")
    pictures = list(TARGET.glob("*.png"))
    print(f"{len(pictures)} pictures, {sum(one.stat().st_size for one in pictures) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
