"""Pictures of courses out of their films, made once while nobody waits, and kept beside the record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from app.areas.courses.course import Course
from app.areas.courses.views import CourseView
from app.player.lane import PlayerLane
from app.player.still import Still, still_of
from app.ports.shelf import MediaShelf
from app.wire.side_files import Unreadable, put_whole, read_small
from ui.jobs.protocols import Jobs

FIRST_MS = 4_000
"""So long after the start nothing is decoded: the first page and the first keys come before."""
_WIDE = 480
_MOST_BYTES = 1 << 20
_LEAVE_S = 2.0
_TENTH = 10


class FilmPictures(QObject):
    """``picture`` gives what is there; ``made`` when there is another. GUI thread only."""

    made = Signal()
    _done = Signal(str, QImage)

    def __init__(
        self,
        home: Path,
        shelf: MediaShelf,
        jobs: Jobs,
        *,
        busy: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._folder = home / "pictures"
        self._shelf, self._jobs, self._busy = shelf, jobs, busy
        self._lane = PlayerLane()
        self._kept: dict[str, QPixmap] = {}
        self._asked: set[str] = set()
        self._begun = False
        self._done.connect(self._on_done)
        QTimer.singleShot(FIRST_MS, self, self.begin)

    def begin(self) -> None:
        """From now on what is asked for is made."""
        self._begun = True
        self.made.emit()

    def picture(self, view: CourseView) -> QPixmap | None:
        """A course's picture if it is here; else it is made, unless something plays."""
        course, name = view.course, view.course.video.sha256
        kept = self._kept.get(name)
        if (
            kept is None
            and view.ready
            and name not in self._asked
            and self._begun
            and not self._busy()
        ):
            self._asked.add(name)
            self._jobs.store(
                lambda: self._shelf.whole(course.video),
                lambda film: self._make(course, film),
                lambda _said: None,
                self,
            )
        return kept

    def close(self) -> None:
        """Make nothing any more."""
        self._lane.finish(lambda: None, _LEAVE_S)

    def _make(self, course: Course, film: Path | None) -> None:
        name = course.video.sha256
        at_ms = course.duration_ms // _TENTH
        if film is not None:
            self._lane.ask(lambda: self._done.emit(name, kept_or_made(self._folder, film, at_ms)))

    def _on_done(self, name: str, picture: QImage) -> None:
        if not picture.isNull():
            self._kept[name] = QPixmap.fromImage(picture)
            self.made.emit()


def kept_or_made(folder: Path, film: Path, at_ms: int) -> QImage:
    """The picture of a film from its side file, or made now and kept there; null if there is none."""
    side = folder / f"{film.stem}.jpg"
    picture = _kept(side)
    if not picture.isNull():
        return picture
    still = still_of(film, at_ms)
    if still is None:
        return QImage()
    picture = _small(still)
    packed = QBuffer()
    packed.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(packed, "JPG", 85)  # type: ignore[call-overload]  # its stubs want bytes or str
    try:
        put_whole(side, bytes(packed.data().data()))
    except OSError:
        return picture  # a full disk: it is made anew at the next start
    return picture


def _kept(side: Path) -> QImage:
    """What was written there; what has another width was not, and is never unpacked."""
    packed = QBuffer()
    with suppress(Unreadable):
        packed.setData(QByteArray(read_small(side, _MOST_BYTES) or b""))
    reader = QImageReader(packed)
    return reader.read() if reader.size().width() == _WIDE else QImage()


def _small(still: Still) -> QImage:
    whole = QImage(still.pixels, still.width, still.height, still.pitch, QImage.Format.Format_RGB32)
    high = max(_WIDE * still.shown[1] // max(still.shown[0], 1), 1)
    return whole.scaled(
        QSize(_WIDE, high),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
