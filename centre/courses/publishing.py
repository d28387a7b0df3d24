"""Publishing and withdrawing courses: files to the shelf first, then the row that names them."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from app.domain.courses import Course, CourseFile
from app.domain.errors import BadInput, NotFound
from app.domain.ids import CourseId, id_from_random
from app.domain.sessions import MOST_TITLE_SIGNS
from app.wire.codec import read_row, write_row
from centre.courses.mp4 import read_mp4
from centre.courses.shelf import Shelf
from centre.decisions.ledger import Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE
from centre.service import Centre
from centre.store.insert import put_row
from centre.store.tables import courses
from centre.titles import good_title

_MOST_SUBTITLE_BYTES = 4 << 20
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


def publish_course(centre: Centre, offer: CourseOffer) -> Course:
    """Keep the files and put the course into the catalogue.

    Raises:
        BadInput: a file cannot be used, with the reason; nothing was published.
    """
    if offer.id and (len(offer.id) > 64 or not _ID_CHARACTERS.issuperset(offer.id)):
        raise BadInput("centre.bad_course_id", id=offer.id)
    title = good_title(offer.title or offer.video.stem[:MOST_TITLE_SIGNS])
    video = read_mp4(offer.video)
    shelf = Shelf(centre.media)
    subtitle = None if offer.subtitle is None else _keep_subtitle(shelf, offer.subtitle)
    try:
        kept = shelf.keep(offer.video)
    except OSError as full:
        raise BadInput("centre.not_kept", file=offer.video.name) from full
    course = Course(
        id=CourseId(offer.id or id_from_random("k", secrets.token_bytes(10))),
        title=title,
        topic=offer.topic,
        summary=offer.summary,
        duration_ms=video.duration_ms,
        width=video.width,
        height=video.height,
        video=kept,
        subtitle=subtitle,
        licence=offer.licence,
    )
    with centre.store.writing() as tx:
        if not offer.id:
            _refuse_same_file(tx, kept, offer.video.name)
        before = tx.scalar(select(courses.c.withdrawn).where(courses.c.id == course.id))
        _put(tx, course)
        if before:
            decide(tx, centre, Kind.COURSE_BACK, course.id)
    return course


def _refuse_same_file(tx: Connection, kept: CourseFile, file: str) -> None:
    """The same film under a second id is a mistake, unless somebody names the id."""
    for body in tx.scalars(select(courses.c.body).where(courses.c.withdrawn.is_(False))):
        other = read_row(body, Course)
        if other.video.sha256 == kept.sha256:
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


def _keep_subtitle(shelf: Shelf, path: Path) -> CourseFile:
    try:
        if path.stat().st_size > _MOST_SUBTITLE_BYTES:
            raise BadInput("centre.subtitle_unreadable", file=path.name)
        text = path.read_bytes().decode("utf-8-sig")
        if "-->" not in text:
            raise BadInput("centre.subtitle_unreadable", file=path.name)
        return shelf.keep(path)
    except UnicodeDecodeError as broken:
        raise BadInput("centre.subtitle_unreadable", file=path.name) from broken
    except OSError as gone:
        raise BadInput("centre.file_unreadable", file=path.name) from gone
