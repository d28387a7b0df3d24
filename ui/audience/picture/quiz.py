"""A quiz between teams on the room's screen: the question, its options, and each team."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from app.words import say
from ui.audience.picture.canvas import DARK, START, Canvas
from ui.audience.state import AudienceState
from ui.theme import tokens
from ui.theme.tokens import ROOM

_GAP = 24
_IN_A_COLUMN = 4


def paint_quiz(canvas: Canvas, state: AudienceState) -> None:
    """Everything is read from the last row; who may answer wears the accent."""
    quiz = state.quiz
    if quiz is None:
        return
    safe, gap = canvas.safe, canvas.px(_GAP)
    asked = QRectF(safe.left(), safe.top(), safe.width(), safe.height() * 0.26)
    size = canvas.type_px(ROOM.section * 1.5)
    canvas.text(quiz.question, asked, size, weight=700, lines=3, align=START, tight=1.2)
    high = max(safe.height() * 0.15, canvas.floor * 1.5)
    teams = QRectF(safe.left(), safe.bottom() - high, safe.width(), high)
    body = QRectF(safe.left(), asked.bottom() + gap, safe.width(), 0)
    body.setBottom(teams.top() - gap)
    _paint_options(canvas, body, state)
    wide = (teams.width() - gap * (len(quiz.teams) - 1)) / len(quiz.teams)
    for at, (name, right) in enumerate(quiz.teams):
        place = QRectF(teams.left() + at * (wide + gap), teams.top(), wide, teams.height())
        words = say("quiz.team_right", team=name, count=right)
        _tile(canvas, place, words, is_lit=quiz.turn == at)


def _paint_options(canvas: Canvas, body: QRectF, state: AudienceState) -> None:
    quiz = state.quiz
    if quiz is None or not quiz.options:
        return
    gap = canvas.px(_GAP)
    columns = 1 if len(quiz.options) <= _IN_A_COLUMN else 2
    rows = -(-len(quiz.options) // columns)
    wide = (body.width() - gap * (columns - 1)) / columns
    high = (body.height() - gap * (rows - 1)) / rows
    for at, option in enumerate(quiz.options):
        left = body.left() + (at % columns) * (wide + gap)
        place = QRectF(left, body.top() + (at // columns) * (high + gap), wide, high)
        letter = chr(ord("A") + at)
        words = say("quiz.option", letter=letter, option=option)
        _tile(canvas, place, words, is_lit=at in quiz.right, is_start=True)


def _tile(
    canvas: Canvas, place: QRectF, words: str, *, is_lit: bool, is_start: bool = False
) -> None:
    canvas.panel(place, canvas.inks.accent if is_lit else canvas.inks.tile)
    lit = tokens.NIGHT if canvas.inks is DARK else tokens.CARD
    pad = canvas.px(28)
    inner = place.adjusted(pad, canvas.px(6), -pad, -canvas.px(6))
    size = min(canvas.type_px(ROOM.section * 1.25), inner.height() * 0.7)
    colour = QColor(lit).name() if is_lit else ""
    if is_start:
        canvas.text(words, inner, size, lines=2, align=START, colour=colour, tight=1.15)
    else:
        canvas.text(words, inner, size, weight=700, colour=colour, tight=1.15)
