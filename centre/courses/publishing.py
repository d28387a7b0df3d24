"""Publishing and withdrawing courses: files to the shelf first, then the row that names them."""

from __future__ import annotations

import dataclasses
import secrets
from pathlib import Path

from sqlalchemy import Connection, select

from app.areas.courses.course import Course
from app.domain.bounds import TITLE
from app.domain.errors import BadInput, NotFound
from app.domain.ids import CourseId, id_from_random
from app.domain.values import dataclass
from app.domain.written_forms import shown_form
from app.wire.codec import read_row, write_row
from app.wire.foreign_files import printable
from centre.courses.film import Film, Remark, look_at_film
from centre.courses.shelf import Shelf
from centre.courses.subtitles import Subtitle, read_subtitle
from centre.decisions.ledger import Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE
from centre.service import Centre
from centre.store.insert import put_row
from centre.store.tables import courses
from centre.titles import good_title

_MOST_CHARACTERS = {"topic": 60, "summary": 2_000, "licence": 200}
_ONE_LINE = frozenset({"title", "topic", "licence"})
_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


@dataclass(frozen=True, slots=True)
class CourseOffer:
    """What an editor gives: files and words. Without ``id`` a new course is made."""

    video: Path
    subtitle: Path | None = None
    title: str = ""
    topic: str = ""
    summary: str = ""
    licence: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A course as it was published, and what was seen on the way."""

    course: Course
    film: Film
    subtitle: Subtitle | None

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What people should know: keys of the catalogue with their values."""
        return self.film.remarks() + (self.subtitle.remarks if self.subtitle else ())


def publish_course(centre: Centre, offer: CourseOffer) -> Course:
    """As ``look_and_publish``, for who wants the course alone."""
    return look_and_publish(centre, offer).course


def look_and_publish(centre: Centre, offer: CourseOffer) -> Published:
    """Look at the files, keep them and put the course into the catalogue.

    Raises:
        BadInput: a file or a word cannot be used, with the reason; nothing was published.
    """
    if offer.id and (len(offer.id) > 64 or not _ID_CHARACTERS.issuperset(offer.id)):
        raise BadInput("centre.bad_course_id", id=offer.id[:64].encode("utf-8", "replace").decode())
    words = _words(offer)
    name = shown_form(printable(offer.video.stem))[:TITLE]
    title = good_title(offer.title or name)
    film = look_at_film(offer.video)
    read = None if offer.subtitle is None else read_subtitle(offer.subtitle, film.duration_ms)
    shelf = Shelf(centre.media)
    try:
        subtitle = None if read is None else shelf.keep_bytes(read.data, ".srt")
        kept = shelf.keep(offer.video)
    except OSError as full:
        raise BadInput("centre.not_kept", file=printable(offer.video.name)) from full
    course = Course(
        id=CourseId(offer.id or id_from_random("k", secrets.token_bytes(10))),
        title=title,
        topic=words["topic"],
        summary=words["summary"],
        duration_ms=film.duration_ms,
        width=film.width,
        height=film.height,
        video=kept,
        subtitle=subtitle,
        licence=words["licence"],
        gain_db=film.gain_db,
    )
    with centre.store.writing() as tx:
        if not offer.id:
            _refuse_twice(tx, course, printable(offer.video.name))
        before = tx.scalar(select(courses.c.withdrawn).where(courses.c.id == course.id))
        _put(tx, course)
        if before:
            decide(tx, centre, Kind.COURSE_BACK, course.id)
    return Published(course, film, read)


def _words(offer: CourseOffer) -> dict[str, str]:
    """What was written, cleaned of signs nobody sees; a text that is none is refused."""
    cleaned = {}
    for name in ("title", *_MOST_CHARACTERS):
        text = str(getattr(offer, name))
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise BadInput("centre.words_no_text", what=name)
        if name in _ONE_LINE and len(text.splitlines()) > 1:
            raise BadInput("centre.words_lines", what=name)
        most = _MOST_CHARACTERS.get(name)
        if most is not None and len(text) > most:
            raise BadInput("centre.words_too_long", what=name, most=most)
        cleaned[name] = text.strip() if name == "summary" else shown_form(text)
    return cleaned


def _refuse_twice(tx: Connection, course: Course, file: str) -> None:
    """The same film of the same title a second time is a mistake, unless somebody names an id."""
    for body in tx.scalars(select(courses.c.body).where(courses.c.withdrawn.is_(False))):
        other = read_row(body, Course)
        if (other.video.sha256, other.title) == (course.video.sha256, course.title):
            named = {"file": file, "title": other.title, "id": other.id}
            raise BadInput("centre.course_same_file", **named)


def withdraw_course(centre: Centre, name: str) -> Course:
    """Say that a course may not be played any more.

    Raises:
        NotFound: there is no such course.
    """
    with centre.store.writing() as tx:
        course = dataclasses.replace(find_course(tx, name), withdrawn=True)
        _put(tx, course)
        decide(tx, centre, Kind.COURSE_WITHDRAWN, course.id)
    return course


def withdraw_again(tx: Connection, name: str) -> None:
    """Withdraw a course once more, in the caller's transaction, if it is here and is not."""
    body = tx.scalar(
        select(courses.c.body).where(courses.c.id == name, courses.c.withdrawn.is_(False))
    )
    if body is not None:
        _put(tx, dataclasses.replace(read_row(body, Course), withdrawn=True))


def find_course(tx: Connection, name: str) -> Course:
    """The course with this id.

    Raises:
        NotFound: there is none.
    """
    body = tx.scalar(select(courses.c.body).where(courses.c.id == name))
    if body is None:
        raise NotFound("centre.no_course", course=name)
    return read_row(body, Course)


def _put(tx: Connection, course: Course) -> None:
    body = write_row(course)
    row = {"id": course.id, "title": course.title, "withdrawn": course.withdrawn, "body": body}
    put_row(tx, courses, row, key=["id"])
    publish(tx, CATALOGUE, (Row("course", course.id, body),))
