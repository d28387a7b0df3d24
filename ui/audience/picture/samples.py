"""Every picture the room can see, as states: for the documents' pictures and for the audit.

``every_scene()`` is plain values; ``draw`` paints one of them without any window.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from app.words import say
from ui.audience.picture.canvas import DrawnText
from ui.audience.picture.scenes import paint_room
from ui.audience.state import AudienceState, HandoutPage, QuizPicture, RoomShows
from ui.state.formatting import day
from ui.theme import tokens


def every_scene() -> tuple[tuple[str, AudienceState], ...]:
    """(name, state) for each picture, in the language in use; names are good as file names.

    ``playing``, ``playing-drawer``, ``one-screen-sign-in`` and ``black`` are widgets or plain
    black: without the surface from outside a stage shows black or the welcome for them.
    """
    session = sample_session()
    welcome = replace(session, shows=RoomShows.WELCOME)
    thanks = replace(session, shows=RoomShows.THANKS)
    quiz = replace(session, shows=RoomShows.QUIZ, quiz=sample_quiz(is_told=False))
    rest = replace(session, shows=RoomShows.REST, rest_s=9 * 60 + 42, rest_until="20:25")
    return (
        ("idle", AudienceState(site_name=session.site_name)),
        ("idle-next", AudienceState(site_name=session.site_name, next_session=_next())),
        ("prepared", replace(session, shows=RoomShows.BACKDROP)),
        ("welcome-first", replace(welcome, arrived=0, recent=())),
        *(
            (f"welcome-{lanes.replace('_', '-')}", replace(welcome, arrived=0, recent=(), how=how))
            for lanes in ("operator_card", "desk", "desk_card")
            for how in (say(f"audience.how.{lanes}"),)
        ),
        ("welcome", welcome),
        (
            "welcome-visitors-only",
            replace(welcome, expected=0, arrived=3, came=3, recent=_names()[:3]),
        ),
        ("countdown", replace(session, shows=RoomShows.COUNTDOWN, countdown_s=42)),
        ("one-screen-sign-in", replace(session, shows=RoomShows.SIGN_IN)),
        ("playing", replace(session, shows=RoomShows.PLAY)),
        ("playing-drawer", replace(session, shows=RoomShows.PLAY, drawer=True)),
        ("black", replace(session, shows=RoomShows.BLACK)),
        ("handout", replace(session, shows=RoomShows.HANDOUT, sheet=sample_sheet())),
        ("message", replace(session, shows=RoomShows.MESSAGE, message=say("room.message.wait"))),
        ("rest", rest),
        ("rest-over", replace(rest, rest_s=0)),
        ("rest-dark", replace(rest, dark=True)),
        ("rest-farthest", replace(rest, row_factor=tokens.FARTHEST_ROW)),
        ("discussion", replace(session, shows=RoomShows.QUESTIONS)),
        ("quiz", quiz),
        ("quiz-told", replace(quiz, quiz=sample_quiz(is_told=True), dark=True)),
        ("quiz-farthest", replace(quiz, row_factor=tokens.FARTHEST_ROW)),
        ("thanks", thanks),
        ("thanks-next", replace(thanks, next_session=_next())),
        ("welcome-dark", replace(welcome, dark=True)),
        ("discussion-dark", replace(session, shows=RoomShows.QUESTIONS, dark=True)),
        ("thanks-dark", replace(thanks, next_session=_next(), dark=True)),
        ("welcome-far", replace(welcome, row_factor=tokens.BACK_ROW)),
        *(
            (f"{name}-farthest", replace(state, row_factor=tokens.FARTHEST_ROW))
            for name, state in (
                ("idle", AudienceState(site_name=session.site_name, next_session=_next())),
                ("prepared", replace(session, shows=RoomShows.BACKDROP)),
                ("welcome", welcome),
                ("welcome-first", replace(welcome, arrived=0, recent=())),
                ("countdown", replace(session, shows=RoomShows.COUNTDOWN, countdown_s=42)),
                ("discussion", replace(session, shows=RoomShows.QUESTIONS)),
                ("thanks", replace(thanks, next_session=_next())),
            )
        ),
        ("discussion-far", replace(session, shows=RoomShows.QUESTIONS, row_factor=tokens.BACK_ROW)),
        ("thanks-far", replace(thanks, next_session=_next(), row_factor=tokens.BACK_ROW)),
    )


def sample_session() -> AudienceState:
    """A session with many people and long names."""
    return AudienceState(
        site_name=say("room.sample.site"),
        title=say("room.sample.title"),
        welcome=say("audience.welcome", title=say("room.sample.title")),
        lead=say("audience.starts", starts_at="19:30"),
        how=say("audience.how.operator"),
        starts=say("room.starts", at="19:30"),
        arrived=37,
        came=39,
        expected=52,
        recent=_names(),
        questions=tuple(say(f"op.discuss.question_{number}") for number in (1, 2, 3)),
        day=day("2026-11-23"),
        minutes=46,
    )


def draw(state: AudienceState, width: int, height: int) -> tuple[QImage, tuple[DrawnText, ...]]:
    """The picture of a state, and the texts in it; black where a widget would be."""
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor(tokens.BLACK))
    if state.shows in (RoomShows.PLAY, RoomShows.BLACK, RoomShows.SIGN_IN):
        return picture, ()
    painter = QPainter(picture)
    texts = paint_room(painter, QSizeF(width, height), state)
    painter.end()
    return picture, texts


def sample_quiz(*, is_told: bool) -> QuizPicture:
    """A question with four options; the second team answers, or the answer is told."""
    return QuizPicture(
        question=say("op.discuss.question_2"),
        options=tuple(say(f"needs.way.{one}") for one in ("talk", "film", "on_site")),
        right=(1,) if is_told else (),
        teams=tuple((say(f"quiz.team.{at}"), at) for at in (1, 2, 3, 4)),
        turn=None if is_told else 1,
    )


def sample_sheet() -> HandoutPage:
    """A page of 4:3 with lines where words would be."""
    picture = QImage(1440, 1080, QImage.Format.Format_RGB32)
    picture.fill(QColor(tokens.CARD))
    painter = QPainter(picture)
    painter.fillRect(QRectF(120, 110, 840, 90), QColor(tokens.PINE))
    for number, wide in enumerate((1160, 1090, 1180, 620, 1150, 1100, 760)):
        painter.fillRect(QRectF(120, 300 + number * 100, wide, 34), QColor(tokens.INK2))
    painter.end()
    pixels = bytes(picture.constBits())
    return HandoutPage(picture.width(), picture.height(), picture.bytesPerLine(), pixels)


def _names() -> tuple[str, ...]:
    return tuple(say("room.sample.names").split("|"))


def _next() -> str:
    return f"{day('2026-12-07')} 19:30\n{say('room.sample.next')}"
