"""Text that is as large as its place allows and never cut: sizes and line breaks, then painting.

The one rule of all large text here: take the largest size up to a ceiling at which
the text fits in so many lines; below the floor it goes on shrinking rather than being
cut, and ``TextFit.whole`` says whether even that was enough.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from ui.theme import look

SMALLEST_PX = 12
_GAUGE_PX = 100
_CLOSING = "，。、；：？！）》」』”’·•,.;:?!)%…"
_GOOD_ENDS = "，。、；：？！）》·•…"
"""After these a sentence likes to be broken; a Latin colon may stand inside a time."""
_DOTS = "·•"
_DOT_IS_WORTH = 0.78
_ONE_LINE_IS_WORTH = 0.85
_BELOW = 0.24
"""How far the tails of Latin letters hang below the line, in sizes: they must not leave the place."""
_OPENING = "（《「『“‘("


class TextFit(Struct, frozen=True):
    """How a text is set: font px, its lines, the height of one line in px, nothing cut."""

    px: int
    lines: tuple[str, ...]
    line_px: float
    whole: bool


class Setting(Struct, frozen=True):
    """How a text wants to be set. ``tight`` is the line height in multiples of the font."""

    ceiling: float
    weight: int = 400
    lines: int = 1
    tight: float = 1.22


def fit(text: str, width: float, height: float, wish: Setting) -> TextFit:
    """The largest setting of ``text`` in ``width`` × ``height`` px; newlines are kept.

    A name of several parts is broken at its dot if that costs little size.
    """
    return _fit(text, int(width), int(height), wish)


@lru_cache(maxsize=4096)
def _fit(text: str, width: int, height: int, wish: Setting) -> TextFit:
    best = _largest(text, width, height, wish)
    if len(best.lines) == 1 or wish.lines < 2:
        return best
    single = _largest(text, width, height, replace(wish, lines=1))
    if single.whole and single.px >= best.px * _ONE_LINE_IS_WORTH:
        return single
    parted = [
        _largest(f"{text[: at + 1]}\n{text[at + 1 :]}", width, height, wish)
        for at, sign in enumerate(text)
        if sign in _DOTS
    ]
    at_dot = max((one for one in parted if one.whole), key=lambda one: one.px, default=best)
    return at_dot if at_dot.px >= best.px * _DOT_IS_WORTH else best


def _largest(text: str, width: float, height: float, wish: Setting) -> TextFit:
    low, high = SMALLEST_PX, max(round(wish.ceiling), SMALLEST_PX)
    # Most texts are as large as they may be, or as the width lets one line be: asked first.
    for likely in (high, _one_line_px(text, width, height, wish)):
        tried = _set(text, width, height, likely, wish) if low < likely <= high else None
        if tried is not None and tried.whole:
            if likely == high or not _set(text, width, height, likely + 1, wish).whole:
                return tried
            low = likely
        elif tried is not None:
            high = likely - 1
    best = _set(text, width, height, low, wish)
    while low < high:
        middle = (low + high + 1) // 2
        tried = _set(text, width, height, middle, wish)
        if tried.whole:
            low, best = middle, tried
        else:
            high = middle - 1
    return best


def _one_line_px(text: str, width: float, height: float, wish: Setting) -> int:
    """About the largest size of one line; sizes grow evenly because nothing is hinted."""
    wide = QFontMetricsF(look.font(_GAUGE_PX, wish.weight)).horizontalAdvance(text)
    by_width = width * _GAUGE_PX / wide if wide else wish.ceiling
    return int(min(by_width, height / wish.tight, wish.ceiling))


def paint_fitted(
    painter: QPainter,
    place: QRectF,
    fitted: TextFit,
    colour: str,
    weight: int = 400,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
) -> None:
    """Draw what ``fit`` has set; ``align`` places the lines in ``place``."""
    font = look.font(fitted.px, weight)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.ink(colour))
    block = fitted.line_px * len(fitted.lines)
    top = place.top()
    if align & Qt.AlignmentFlag.AlignBottom:
        top = place.bottom() - block
    elif align & Qt.AlignmentFlag.AlignVCenter:
        top = place.center().y() - block / 2
    lead = (fitted.line_px - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
    if fitted.line_px >= fitted.px * 1.1:
        lead = min(lead, fitted.line_px - _BELOW * fitted.px)
    for number, line in enumerate(fitted.lines):
        wide = metrics.horizontalAdvance(line)
        left = place.left()
        if align & Qt.AlignmentFlag.AlignHCenter:
            left = place.center().x() - wide / 2
        elif align & Qt.AlignmentFlag.AlignRight:
            left = place.right() - wide
        painter.drawText(QPointF(left, top + lead + number * fitted.line_px), line)


def even_lines(text: str, width_signs: float, weight: int = 600) -> tuple[str, ...]:
    """Lines of at most so many signs' width, broken at marks or evenly, whatever the size."""
    metrics = QFontMetricsF(look.font(100, weight))
    lines = break_lines(text, width_signs * 100, metrics)
    return _balanced(text, width_signs * 100, metrics, lines) if len(lines) > 1 else lines


def break_lines(text: str, width: float, metrics: QFontMetricsF) -> tuple[str, ...]:
    """Break where Han text and words may break; never before closing marks."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and metrics.horizontalAdvance((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return tuple(lines)


def _set(text: str, width: float, height: float, px: int, wish: Setting) -> TextFit:
    metrics = QFontMetricsF(look.font(px, wish.weight))
    lines = break_lines(text, width, metrics)
    line_px = px * wish.tight
    widest = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
    whole = (
        len(lines) <= max(wish.lines, text.count("\n") + 1)
        and widest <= width
        and len(lines) * line_px <= height + 0.5
    )
    if whole and len(lines) > 1 + text.count("\n"):
        lines = _balanced(text, width, metrics, lines)
    return TextFit(px, lines, line_px, whole)


def _balanced(
    text: str, width: float, metrics: QFontMetricsF, lines: tuple[str, ...]
) -> tuple[str, ...]:
    """The same number of lines, broken at marks where possible, else as even as they can be."""

    def worth(tried: tuple[str, ...]) -> tuple[int, float]:
        at_marks = sum(line[-1] in _GOOD_ENDS for line in tried[:-1] if line)
        return at_marks, -max(metrics.horizontalAdvance(line) for line in tried)

    steps = (width * step / 24 for step in range(24 // len(lines), 25))
    tries = {break_lines(text, narrow, metrics) for narrow in steps}
    for at, sign in enumerate(text[:-1]):
        if sign in _GOOD_ENDS and text[at + 1] not in _CLOSING:
            parted = f"{text[: at + 1]}\n{text[at + 1 :].lstrip()}"
            tries.add(break_lines(parted, width, metrics))
    fitting = [tried for tried in tries if len(tried) <= len(lines) and -worth(tried)[1] <= width]
    return max(fitting, key=worth, default=lines)


def _pieces(text: str) -> list[str]:
    """What may not be broken further: a word with its space, a Han sign with its marks."""
    pieces: list[str] = []
    for sign in text:
        glued = bool(pieces) and (
            sign in _CLOSING
            or sign == " "
            or pieces[-1][-1] in _OPENING
            or (not _is_han(sign) and not _is_han(pieces[-1][-1]) and pieces[-1][-1] not in " ·•")
        )
        if glued:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _is_han(sign: str) -> bool:
    return ord(sign) > 0x2E7F
