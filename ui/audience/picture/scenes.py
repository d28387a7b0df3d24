"""The pictures of the room's screen, drawn on a canvas for any size from 4:3 to 16:9.

Ink on paper, the room filled to its safe border; the smallest text is 48 px of a
1080-line picture (64 px for a far back row).
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.words import say
from ui.audience.picture.canvas import DARK, LIT, START, Canvas, DrawnText
from ui.audience.picture.moments import paint_countdown, paint_message, paint_sheet
from ui.audience.state import MOST_NAMES, MOST_QUESTIONS, AudienceState, RoomShows
from ui.theme import look, tokens
from ui.theme.tokens import ROOM
from ui.widgets.fit.text import Setting, even_lines, fit

SIGNS_A_LINE = 18
_GAP = 28


def paint_room(painter: QPainter, size: QSizeF, state: AudienceState) -> tuple[DrawnText, ...]:
    """Draw what a state shows; video and sign-in are not drawn but shown as widgets."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    dark = state.dark or state.shows is RoomShows.HANDOUT
    canvas = Canvas(painter, size, state.row_factor, DARK if dark else LIT)
    canvas.ground()
    scene = {
        RoomShows.WELCOME: _welcome,
        RoomShows.COUNTDOWN: paint_countdown,
        RoomShows.MESSAGE: paint_message,
        RoomShows.HANDOUT: paint_sheet,
        RoomShows.QUESTIONS: _questions,
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
    side = inner.height() * 0.24
    seal = QRectF(inner.center().x() - side / 2, inner.top(), side, side)
    canvas.seal(seal, say("member.seal"))
    below = _below_the_name(state)
    name_high = inner.height() * (0.42 if below else 0.6)
    name = QRectF(inner.left(), seal.bottom() + canvas.px(30), inner.width(), name_high)
    canvas.text(state.site_name, name, canvas.type_px(190), weight=700, lines=2)
    if below:
        place = QRectF(inner.left(), name.bottom(), inner.width(), inner.bottom() - name.bottom())
        canvas.text(below, place, canvas.type_px(ROOM.title), weight=600, lines=3)


def _below_the_name(state: AudienceState) -> str:
    """Tonight's title and hour; without a session, when the next one is."""
    if state.title:
        return "\n".join(part for part in (state.title, state.starts) if part)
    if not state.next_session:
        return ""
    next_one = say("member.join").join(state.next_session.split("\n"))
    return f"{say('audience.next')}\n{next_one}"


def _welcome(canvas: Canvas, state: AudienceState) -> None:
    """Title, the count as large as the room needs, and the last who came."""
    safe = canvas.safe
    gap = canvas.px(_GAP)
    side = canvas.px(118)
    seal = QRectF(safe.right() - side, safe.top(), side, side)
    canvas.seal(seal, say("member.seal"))
    title_high = canvas.px(132) * (1.15 if canvas.row_factor > 1 else 1)
    title = QRectF(safe.left(), safe.top(), safe.width() - side - gap, title_high)
    canvas.text(
        state.welcome,
        title,
        canvas.type_px(ROOM.title * 1.1),
        weight=700,
        lines=2,
        align=START,
        tight=1.15,
    )
    sub = QRectF(safe.left(), title.bottom(), safe.width() - side - gap, canvas.type_px(86))
    canvas.text(
        state.lead,
        sub,
        canvas.type_px(ROOM.section),
        weight=400,
        align=START,
    )
    body = QRectF(safe.left(), sub.bottom() + gap, safe.width(), safe.bottom() - sub.bottom() - gap)
    wide = safe.width() * (0.36 if safe.width() > safe.height() * 1.5 else 0.38)
    _count(canvas, QRectF(body.left(), body.top(), wide, body.height()), state)
    names = QRectF(
        body.left() + wide + gap * 1.4, body.top(), body.width() - wide - gap * 1.4, body.height()
    )
    _names(canvas, names, state)


def _count(canvas: Canvas, place: QRectF, state: AudienceState) -> None:
    head = QRectF(place.left(), place.top(), place.width(), place.height() * 0.19)
    canvas.text(
        say("audience.arrived"), head, canvas.type_px(ROOM.section), weight=600, align=START
    )
    of_high = place.height() * 0.2
    bar_high = canvas.px(34)
    bar = QRectF(place.left(), place.bottom() - bar_high, place.width(), bar_high)
    of_all = QRectF(place.left(), bar.top() - of_high - canvas.px(14), place.width(), of_high)
    number = QRectF(place.left(), head.bottom(), place.width(), of_all.top() - head.bottom())
    canvas.text(
        str(state.arrived),
        number,
        canvas.px(ROOM.digits * 1.15),
        weight=700,
        colour=canvas.inks.accent,
        align=START,
        tight=1.0,
    )
    words = (
        say("audience.of", expected=state.expected) if state.expected else say("audience.people")
    )
    canvas.text(words, of_all, canvas.type_px(ROOM.title), weight=600, align=START)
    canvas.panel(bar, canvas.inks.well)
    share = min(state.arrived / state.expected, 1.0) if state.expected else 0.0
    if share > 0:
        bar.setWidth(max(bar.width() * share, bar_high))
        canvas.panel(bar, canvas.inks.accent)


def _names(canvas: Canvas, place: QRectF, state: AudienceState) -> None:
    """Two columns of four, filled row by row, always in the same places."""
    names = state.recent[:MOST_NAMES]
    if not names:
        canvas.panel(place, canvas.inks.tile)
        pad = canvas.px(60)
        inner = place.adjusted(pad, pad, -pad, -pad)
        canvas.text(state.how, inner, canvas.type_px(84), lines=3, tight=1.6, align=START)
        return
    gap = canvas.px(22)
    high = (place.height() - gap * 3) / 4
    half = QRectF(0, 0, (place.width() - gap) / 2, high)
    pad, low = canvas.px(24), canvas.px(9)
    ceiling = min(canvas.type_px(ROOM.name * 1.25), high * 0.62, (half.width() - pad * 2) / 3)
    wish = Setting(ceiling, 600, 2, 1.12)
    floor = canvas.type_px(ROOM.floor)
    wide = {
        name for name in names if fit(name, half.width() - pad * 2, high - low * 2, wish).px < floor
    }
    for number, row in enumerate(name_rows(names, wide)):
        tile = QRectF(place.left(), place.top() + number * (high + gap), half.width(), high)
        for name in row:
            if name in wide:
                tile.setWidth(place.width())
            canvas.panel(tile, canvas.inks.tile)
            air = low / 5 if name in wide else low
            inner = tile.adjusted(pad, air, -pad, -air)
            canvas.text(name, inner, ceiling, lines=2, tight=1.12)
            tile.translate(half.width() + gap, 0)


def name_rows(names: tuple[str, ...], wide: set[str]) -> list[list[str]]:
    """At most four rows of two names; a name too long for half a row has one to itself."""
    rows: list[list[str]] = []
    for name in names:
        room = next((row for row in rows if len(row) == 1 and row[0] not in wide), None)
        if name in wide or room is None:
            rows.append([name])
        else:
            room.append(name)
    return rows[:4]


def _questions(canvas: Canvas, state: AudienceState) -> None:
    """At most three questions, numbered, at most 18 signs a line."""
    safe = canvas.safe
    head = QRectF(safe.left(), safe.top(), safe.width(), canvas.type_px(130))
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
    high = (body.height() - gap * (len(questions) - 1)) / len(questions)
    broken = ["\n".join(even_lines(one.strip(), SIGNS_A_LINE)) for one in questions]
    disc = min(high * 0.5, canvas.px(150))
    widest = max(_signs(line) for text in broken for line in text.split("\n"))
    most = max(text.count("\n") + 1 for text in broken)
    room = body.width() - disc - gap * 3
    ceiling = min(room / max(widest, 10) * 0.99, high * 0.86 / (most * 1.3), canvas.type_px(104))
    for number, text in enumerate(broken):
        place = QRectF(body.left(), body.top() + number * (high + gap), body.width(), high)
        canvas.panel(place, canvas.inks.tile)
        _numbered(canvas, place, number + 1, disc)
        words = place.adjusted(disc + gap * 2, 0, -gap, 0)
        canvas.text(text, words, ceiling, lines=text.count("\n") + 1, tight=1.3, align=START)


def _numbered(canvas: Canvas, place: QRectF, number: int, disc: float) -> None:
    circle = QRectF(place.left() + canvas.px(_GAP), place.center().y() - disc / 2, disc, disc)
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(QColor(canvas.inks.accent))
    canvas.painter.drawEllipse(circle)
    colour = tokens.NIGHT if canvas.inks is DARK else tokens.CARD
    canvas.text(str(number), circle, disc * 0.62, weight=700, colour=colour, tight=1.0)


def _thanks(canvas: Canvas, state: AudienceState) -> None:
    """Thanks, what it was and when, how many came, how long, and when the next one is."""
    safe = canvas.safe
    gap = canvas.px(_GAP)
    side = canvas.px(150)
    canvas.seal(QRectF(safe.right() - side, safe.top(), side, side), say("member.seal"))
    thanks = QRectF(safe.left(), safe.top(), safe.width() - side - gap, safe.height() * 0.21)
    canvas.text(say("audience.thanks"), thanks, canvas.type_px(190), weight=700, align=START)
    what = QRectF(safe.left(), thanks.bottom(), safe.width(), safe.height() * 0.15)
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
    high = min((rows.height() - gap * (len(told) - 1)) / len(told), rows.height() * 0.46)
    for number, (head, value) in enumerate(told):
        place = QRectF(rows.left(), rows.top() + number * (high + gap), rows.width(), high)
        _told_row(canvas, place, head, value)


def _told_row(canvas: Canvas, place: QRectF, head: str, value: str) -> None:
    """What it is on the left, the words to read and copy on the right."""
    canvas.panel(place, canvas.inks.tile)
    pad = canvas.px(40)
    inner = place.adjusted(pad, canvas.px(8), -pad, -canvas.px(8))
    left = QRectF(inner.left(), inner.top(), inner.width() * 0.36, inner.height())
    canvas.text(head, left, canvas.type_px(ROOM.section), weight=400, lines=2, align=START)
    right = inner.adjusted(left.width() + canvas.px(_GAP), 0, 0, 0)
    canvas.text(value, right, canvas.type_px(150), weight=700, lines=2, align=START, tight=1.15)


def _signs(line: str) -> float:
    return QFontMetricsF(look.font(100, 600)).horizontalAdvance(line) / 100
