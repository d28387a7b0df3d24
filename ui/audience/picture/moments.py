"""Pictures of a moment for the room: the last minute, a sentence, a page of a handout."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.words import say
from ui.audience.picture.canvas import START, Canvas
from ui.audience.state import COUNTDOWN_S, AudienceState, HandoutPage
from ui.theme.tokens import ROOM

_GAP = 28


def paint_countdown(canvas: Canvas, state: AudienceState) -> None:
    """The seconds as large as the room allows, and how many are here already."""
    safe = canvas.safe
    side = canvas.px(118)
    canvas.seal(QRectF(safe.right() - side, safe.top(), side, side), say("member.seal"))
    head = QRectF(safe.left(), safe.top(), safe.width() - side - canvas.px(_GAP), canvas.px(160))
    title = state.title or state.site_name
    canvas.text(
        title, head, canvas.type_px(ROOM.title * 1.1), weight=700, lines=2, align=START, tight=1.15
    )
    bar = QRectF(safe.left(), safe.bottom() - canvas.px(34), safe.width(), canvas.px(34))
    foot = QRectF(safe.left(), bar.top() - canvas.px(140), safe.width(), canvas.px(120))
    middle = QRectF(safe.left(), head.bottom(), safe.width(), foot.top() - head.bottom())
    soon = say("room.soon")
    lines = canvas.lines(soon, middle.width())
    high = max(middle.height() * 0.26, canvas.floor * 1.3 * lines)
    said = QRectF(middle.left(), middle.top(), middle.width(), high)
    canvas.text(soon, said, canvas.type_px(ROOM.title * 1.2), weight=600, lines=lines)
    number = middle.adjusted(0, said.height(), 0, 0)
    canvas.text(
        str(state.countdown_s),
        number,
        canvas.px(ROOM.digits * 1.7),
        weight=700,
        colour=canvas.inks.accent,
        tight=1.0,
    )
    if state.expected:
        here = say("room.here_of", arrived=state.arrived, expected=state.expected)
    else:
        here = say("room.here", arrived=state.arrived)
    canvas.text(here, foot, canvas.type_px(ROOM.title), weight=600)
    canvas.panel(bar, canvas.inks.well)
    share = min(max(state.countdown_s / COUNTDOWN_S, 0.0), 1.0)
    bar.setWidth(max(bar.width() * share, bar.height()))
    canvas.panel(bar, canvas.inks.accent)


def paint_rest(canvas: Canvas, state: AudienceState) -> None:
    """What is left of a break, as large as the screen allows, and when it goes on."""
    safe, gap = canvas.safe, canvas.px(_GAP)
    high = max(canvas.px(180), canvas.floor * 1.4)
    head = QRectF(safe.left(), safe.top(), safe.width(), high)
    foot = QRectF(safe.left(), safe.bottom() - high, safe.width(), high)
    body = QRectF(safe.left(), head.bottom() + gap, safe.width(), 0)
    body.setBottom(foot.top() - gap)
    over = state.rest_s <= 0
    canvas.text(say("room.rest.title"), head, canvas.type_px(130), weight=700)
    canvas.panel(body, canvas.inks.tile)
    pad = canvas.px(48)
    canvas.text(
        say("room.rest.over") if over else f"{state.rest_s // 60}:{state.rest_s % 60:02}",
        body.adjusted(pad, pad, -pad, -pad),
        canvas.px(200) if over else canvas.px(520),
        weight=700,
        lines=2 if over else 1,
        tight=1.2 if over else 1.0,
    )
    said = state.site_name if over else say("room.rest.until", at=state.rest_until)
    canvas.text(said, foot, canvas.type_px(ROOM.title), weight=600)


def paint_message(canvas: Canvas, state: AudienceState) -> None:
    """One sentence over the whole picture, and below it who says so."""
    safe = canvas.safe
    high = canvas.px(130)
    foot = QRectF(safe.left(), safe.bottom() - high, safe.width(), high)
    body = QRectF(safe.left(), safe.top(), safe.width(), foot.top() - safe.top() - canvas.px(_GAP))
    canvas.panel(body, canvas.inks.tile)
    pad = canvas.px(70)
    canvas.text(
        state.message,
        body.adjusted(pad, pad, -pad, -pad),
        canvas.type_px(200),
        weight=700,
        lines=4,
        tight=1.3,
    )
    canvas.seal(QRectF(foot.left(), foot.top(), high, high), say("member.seal"))
    name = foot.adjusted(high + canvas.px(_GAP), 0, 0, 0)
    canvas.text(state.site_name, name, canvas.type_px(ROOM.section * 1.2), align=START)


def paint_sheet(canvas: Canvas, state: AudienceState) -> None:
    """A page as large as the safe border allows, its own proportions kept."""
    if state.sheet is None:
        return
    picture = picture_of(state.sheet)
    place = QRectF(0, 0, *_fitted(state.sheet, canvas.safe))
    place.moveCenter(canvas.safe.center())
    canvas.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    canvas.painter.drawImage(place, picture, QRectF(picture.rect()))


def picture_of(sheet: HandoutPage) -> QImage:
    """The page's pixels as a picture; they are not copied, so keep the sheet meanwhile."""
    return QImage(sheet.pixels, sheet.width, sheet.height, sheet.stride, QImage.Format.Format_RGB32)


def _fitted(sheet: HandoutPage, safe: QRectF) -> tuple[float, float]:
    scale = min(safe.width() / sheet.width, safe.height() / sheet.height)
    return sheet.width * scale, sheet.height * scale
