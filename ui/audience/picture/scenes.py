"""The pictures of the room's screen, drawn on a canvas for any size from 4:3 to 16:9.

Ink on paper, the room filled to its safe border; the smallest text is 48 px of a
1080-line picture (64 px for a far back row).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.words import say
from ui.audience.picture.canvas import DARK, LIT, START, Canvas, DrawnText
from ui.audience.picture.moments import paint_countdown, paint_message, paint_rest, paint_sheet
from ui.audience.picture.quiz import paint_quiz
from ui.audience.picture.welcome import paint_welcome
from ui.audience.state import MOST_QUESTIONS, AudienceState, RoomShows
from ui.theme import look, tokens
from ui.theme.tokens import ROOM
from ui.widgets.fit.text import even_lines

SIGNS_A_LINE = 18
_GAP = 28
_LINE = 1.25


def paint_room(
    painter: QPainter, size: QSizeF, state: AudienceState, entering: float = 1.0
) -> tuple[DrawnText, ...]:
    """Draw what a state shows; video and sign-in are not drawn but shown as widgets.

    ``entering`` is how far the newest name has come in, 0 to 1.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    dark = state.dark or state.shows is RoomShows.HANDOUT
    canvas = Canvas(painter, size, state.row_factor, DARK if dark else LIT, entering)
    canvas.ground()
    scene = {
        RoomShows.WELCOME: paint_welcome,
        RoomShows.COUNTDOWN: paint_countdown,
        RoomShows.MESSAGE: paint_message,
        RoomShows.REST: paint_rest,
        RoomShows.HANDOUT: paint_sheet,
        RoomShows.QUESTIONS: _questions,
        RoomShows.QUIZ: paint_quiz,
        RoomShows.THANKS: _thanks,
    }.get(state.shows, _backdrop)
    with look.own_colours():
        scene(canvas, state)
    return tuple(canvas.texts)


def _backdrop(canvas: Canvas, state: AudienceState) -> None:
    """A frame like a book's title page: seal, the station's name, tonight's title."""
    safe = canvas.safe
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, wide in ((0, 5), (16, 2)):
        canvas.painter.setPen(QPen(QColor(canvas.inks.accent), canvas.px(wide)))
        step = canvas.px(inset + 4)
        canvas.painter.drawRect(safe.adjusted(step, step, -step, -step))
    inner = safe.adjusted(*(canvas.px(side) for side in (90, 90, -90, -90)))
    side = max(inner.height() * 0.24 / canvas.row_factor, canvas.seal_side(0))
    seal = QRectF(inner.center().x() - side / 2, inner.top(), side, side)
    canvas.seal(seal, say("member.seal"))
    below = _below_the_name(state)
    name_high = inner.height() * (0.42 / canvas.row_factor**0.5 if below else 0.6)
    name = QRectF(inner.left(), seal.bottom() + canvas.px(30), inner.width(), name_high)
    canvas.text(state.site_name, name, canvas.type_px(190), weight=700, lines=2)
    if below:
        place = QRectF(inner.left(), name.bottom(), inner.width(), inner.bottom() - name.bottom())
        canvas.text(below, place, canvas.type_px(ROOM.title), weight=600, lines=4)


def _below_the_name(state: AudienceState) -> str:
    """Tonight's title and hour; without a session, when the next one is."""
    if state.title:
        return "\n".join(part for part in (state.title, state.starts) if part)
    if not state.next_session:
        return ""
    next_one = say("member.join").join(state.next_session.split("\n"))
    return f"{say('audience.next')}\n{next_one}"


def _questions(canvas: Canvas, state: AudienceState) -> None:
    """At most three questions, numbered, at most 18 signs a line."""
    safe = canvas.safe
    head = QRectF(safe.left(), safe.top(), safe.width(), max(canvas.px(130), canvas.floor * 1.3))
    canvas.text(say("audience.discuss"), head, canvas.type_px(ROOM.title), weight=700, align=START)
    line = QRectF(safe.left(), head.bottom(), safe.width(), canvas.px(5))
    canvas.painter.fillRect(line, QColor(canvas.inks.accent))
    questions = tuple(one for one in state.questions if one.strip())[:MOST_QUESTIONS]
    if not questions:
        return
    gap = canvas.px(_GAP)
    body = QRectF(
        safe.left(), line.bottom() + gap, safe.width(), safe.bottom() - line.bottom() - gap
    )
    gap = gap / canvas.row_factor
    high = (body.height() - gap * (len(questions) - 1)) / len(questions)
    disc = min(high * 0.8, max(canvas.px(130), canvas.floor * 1.4))
    signs = min(SIGNS_A_LINE, int((body.width() - disc - canvas.px(_GAP) * 3) / canvas.floor))
    broken = ["\n".join(even_lines(one.strip(), signs)) for one in questions]
    widest = max(_signs(line) for text in broken for line in text.split("\n"))
    most = max(text.count("\n") + 1 for text in broken)
    room = body.width() - disc - canvas.px(_GAP) * 3
    ceiling = min(room / max(widest, 10) * 0.99, high * 0.94 / (most * _LINE), canvas.type_px(104))
    for number, text in enumerate(broken):
        place = QRectF(body.left(), body.top() + number * (high + gap), body.width(), high)
        canvas.panel(place, canvas.inks.tile)
        _numbered(canvas, place, number + 1, disc)
        words = place.adjusted(disc + canvas.px(_GAP) * 2, 0, -gap, 0)
        canvas.text(text, words, ceiling, lines=text.count("\n") + 1, tight=_LINE, align=START)


def _numbered(canvas: Canvas, place: QRectF, number: int, disc: float) -> None:
    circle = QRectF(place.left() + canvas.px(_GAP), place.center().y() - disc / 2, disc, disc)
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(QColor(canvas.inks.accent))
    canvas.painter.drawEllipse(circle)
    colour = tokens.NIGHT if canvas.inks is DARK else tokens.CARD
    canvas.text(str(number), circle, disc * 0.72, weight=700, colour=colour, tight=1.0)


def _thanks(canvas: Canvas, state: AudienceState) -> None:
    """Thanks, what it was and when, how many came, how long, and when the next one is."""
    safe = canvas.safe
    gap = canvas.px(_GAP)
    side = canvas.seal_side(150)
    canvas.seal(QRectF(safe.right() - side, safe.top(), side, side), say("member.seal"))
    high = safe.height() * 0.21 / canvas.row_factor**0.5
    thanks = QRectF(safe.left(), safe.top(), safe.width() - side - gap, high)
    canvas.text(say("audience.thanks"), thanks, canvas.type_px(190), weight=700, align=START)
    high = max(safe.height() * 0.15 / canvas.row_factor, canvas.floor * 1.3)
    what = QRectF(safe.left(), thanks.bottom(), safe.width(), high)
    said = say("member.join").join(part for part in (state.day, state.title) if part)
    canvas.text(said, what, canvas.type_px(ROOM.section * 1.2), lines=2, align=START)
    came = "audience.came_one" if state.came == 1 else "audience.came_count"
    told = [(say("audience.came"), say(came, count=state.came))]
    if state.minutes:
        told.append((say("audience.learned"), say("audience.minutes", minutes=state.minutes)))
    if state.next_session:
        told.append((say("audience.next"), state.next_session))
    rows = QRectF(safe.left(), what.bottom() + gap, safe.width(), 0)
    rows.setBottom(safe.bottom())
    lines = [value.count("\n") + 1 for _head, value in told]
    high = min((rows.height() - gap * (len(told) - 1)) / sum(lines), rows.height() * 0.46)
    top = rows.top()
    for (head, value), count in zip(told, lines, strict=True):
        place = QRectF(rows.left(), top, rows.width(), high * count)
        _told_row(canvas, place, head, value)
        top = place.bottom() + gap


def _told_row(canvas: Canvas, place: QRectF, head: str, value: str) -> None:
    """What it is on the left, the words to read and copy on the right."""
    canvas.panel(place, canvas.inks.tile)
    pad = canvas.px(24)
    inner = place.adjusted(pad, canvas.px(8), -pad, -canvas.px(8))
    left = QRectF(inner.left(), inner.top(), inner.width() * 0.33, inner.height())
    canvas.text(head, left, canvas.type_px(72), weight=600, lines=2, align=START)
    right = inner.adjusted(left.width() + pad / 2, 0, 0, 0)
    canvas.text(value, right, canvas.type_px(150), weight=700, lines=2, align=START, tight=1.15)


def _signs(line: str) -> float:
    return QFontMetricsF(look.font(100, 600)).horizontalAdvance(line) / 100
