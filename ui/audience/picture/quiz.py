"""A quiz between teams on the room's screen: the question, its options, and each team."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.words import say
from ui.audience.picture.canvas import DARK, START, Canvas
from ui.audience.state import AudienceState, QuizPicture
from ui.theme import tokens
from ui.theme.tokens import ROOM

_GAP = 24
_PAD, _TEAM_PAD = 20, 8
_IN_A_COLUMN = 4
_ROW = 1.5
"""Height of an option that the last row reads, in its letters."""


def paint_quiz(canvas: Canvas, state: AudienceState) -> None:
    """Everything is read from the last row; who may answer wears the accent."""
    quiz = state.quiz
    if quiz is None:
        return
    safe, gap = canvas.safe, canvas.px(_GAP)
    told = [say("quiz.team_right", team=name, count=right) for name, right in quiz.teams]
    wide = (safe.width() - gap * (len(told) - 1)) / len(told)
    lines = max(canvas.lines(one, wide - canvas.px(_TEAM_PAD * 2), 700) for one in told)
    high = max(safe.height() * 0.15, canvas.floor * 1.35 * lines)
    rows = -(-len(quiz.options) // _columns(quiz))
    rest = safe.height() - high - rows * canvas.floor * _ROW - (rows + 1) * gap
    asked = QRectF(safe.left(), safe.top(), safe.width(), 0)
    asked.setHeight(max(min(safe.height() * 0.26, rest), canvas.floor * 1.35))
    size = canvas.type_px(ROOM.section * 1.5)
    canvas.text(quiz.question, asked, size, weight=700, lines=3, align=START, tight=1.1)
    teams = QRectF(safe.left(), safe.bottom() - high, safe.width(), high)
    body = QRectF(safe.left(), asked.bottom() + gap, safe.width(), 0)
    body.setBottom(teams.top() - gap)
    _paint_options(canvas, body, state)
    for at, words in enumerate(told):
        place = QRectF(teams.left() + at * (wide + gap), teams.top(), wide, teams.height())
        _tile(canvas, place, words, is_lit=quiz.turn == at)


def _paint_options(canvas: Canvas, body: QRectF, state: AudienceState) -> None:
    quiz = state.quiz
    if quiz is None or not quiz.options:
        return
    gap = canvas.px(_GAP)
    columns = _columns(quiz)
    rows = -(-len(quiz.options) // columns)
    wide = (body.width() - gap * (columns - 1)) / columns
    high = (body.height() - gap * (rows - 1)) / rows
    for at, option in enumerate(quiz.options):
        left = body.left() + (at % columns) * (wide + gap)
        place = QRectF(left, body.top() + (at // columns) * (high + gap), wide, high)
        letter = chr(ord("A") + at)
        words = say("quiz.option", letter=letter, option=option)
        _tile(canvas, place, words, is_lit=at in quiz.right, is_start=True)


def _columns(quiz: QuizPicture) -> int:
    return 1 if len(quiz.options) <= _IN_A_COLUMN else 2


def _tile(
    canvas: Canvas, place: QRectF, words: str, *, is_lit: bool, is_start: bool = False
) -> None:
    canvas.panel(place, canvas.inks.accent if is_lit else canvas.inks.tile)
    lit = tokens.NIGHT if canvas.inks is DARK else tokens.CARD
    pad = canvas.px(_PAD if is_start else _TEAM_PAD)
    inner = place.adjusted(pad, canvas.px(6), -pad, -canvas.px(6))
    size = min(canvas.type_px(ROOM.section * 1.25), inner.height() * 0.85)
    colour = lit if is_lit else ""
    if is_start:
        canvas.text(words, inner, size, lines=2, align=START, colour=colour, tight=1.15)
    else:
        canvas.text(words, inner, size, weight=700, lines=2, colour=colour, tight=1.15)
