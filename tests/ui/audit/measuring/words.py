"""Faults of text: cut, elided, too small, or drawn over other text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from tests.ui.audit.measuring.drawn import Word, words_of
from tests.ui.audit.measuring.faults import Fault, Floors, Kind
from tests.ui.audit.measuring.tree import called, inside, is_viewport, visible

ELISIONS = ("…", "...")


def drawn_words(root: QWidget, skip: tuple[type[QWidget], ...] = ()) -> tuple[Word, ...]:
    """Everything written on a screen."""
    return tuple(
        word for part in visible(root, skip) if not _writes_nothing(part) for word in words_of(part)
    )


def _writes_nothing(part: QWidget) -> bool:
    """Plain holders of others, which are many; a viewport is painted by its owner."""
    if is_viewport(part):
        return isinstance(part.parentWidget(), QScrollArea)
    return type(part) in (QWidget, QFrame, QStackedWidget) or isinstance(part, QScrollArea)


def text_faults(root: QWidget, words: tuple[Word, ...], floors: Floors) -> list[Fault]:
    """Cut, elided, small and overprinted text of one screen."""
    faults = [fault for word in words for fault in _of_one(root, word, floors)]
    return faults + overprinted(root, words)


def _of_one(root: QWidget, word: Word, floors: Floors) -> list[Fault]:
    faults = []
    where = f"{called(word.owner)} “{word.text[:30]}”"
    _seen, cut = _followed(root, word)
    cut = cut or _cut_by_its_painter(word)
    if cut:
        faults.append(Fault(Kind.CLIPPED, where, cut))
    if _is_elided(word):
        faults.append(Fault(Kind.ELIDED, where, word.text))
    if word.px < floors.text - 0.5:
        faults.append(Fault(Kind.SMALL_TEXT, where, f"{word.px:.0f} of {floors.text:.0f} px"))
    return faults


def _cut_by_its_painter(word: Word) -> str:
    """A label that its own button cut inside its border; a line one types in scrolls."""
    let, ink = word.let, word.ink
    if let is None or inside(let, ink) or isinstance(word.owner, QLineEdit | QAbstractScrollArea):
        return ""
    if is_viewport(word.owner):
        return ""
    return f"only {let.width():.0f}×{let.height():.0f} of {ink.width():.0f}×{ink.height():.0f} px are let through"


def _followed(root: QWidget, word: Word) -> tuple[QRectF, str]:
    """Where the ink is seen in ``root``, and by what it is cut (empty: by nothing)."""
    ink, part = QRectF(word.ink), word.owner
    while True:
        frame = QRectF(part.rect())
        if is_viewport(part):
            if ink.left() < frame.left() - 1.5 or ink.right() > frame.right() + 1.5:
                return ink, f"cut at the side of {called(part.parentWidget() or part)}"
            ink = ink.intersected(frame)
            if ink.isEmpty():
                return ink, ""
        elif not inside(frame, ink):
            over = max(
                frame.left() - ink.left(), ink.right() - frame.right(),
                frame.top() - ink.top(), ink.bottom() - frame.bottom(),
            )  # fmt: skip
            return ink, f"{over:.0f} px over the edge of {called(part)}"
        above = part.parentWidget()
        if part is root or above is None:
            return ink, ""
        ink.translate(QPointF(part.mapToParent(QPoint(0, 0))))
        part = above


def _is_elided(word: Word) -> bool:
    if not any(word.text.endswith(sign) for sign in ELISIONS):
        return False
    owner = word.owner
    above = owner.parentWidget()
    if isinstance(above, QAbstractItemView) and is_viewport(owner):
        return word.text not in _cells(above)
    own = " ".join(
        (
            owner.accessibleName(),
            str(owner.property("text") or ""),
            str(owner.property("plainText") or ""),
            str(owner.property("placeholderText") or ""),
            owner.text() if isinstance(owner, QLabel) else "",
        )
    )
    return word.text not in own


def _cells(view: QAbstractItemView) -> set[str]:
    model = view.model()
    return {
        str(model.index(line, across).data())
        for line in range(min(model.rowCount(), 400))
        for across in range(model.columnCount())
    }


def overprinted(root: QWidget, words: tuple[Word, ...]) -> list[Fault]:
    """Texts whose ink lies on other ink."""
    placed = []
    for word in words:
        seen, cut = _followed(root, word)
        if not cut and not seen.isEmpty():
            placed.append((seen.adjusted(1, 1, -1, -1), word))
    placed.sort(key=lambda one: one[0].top())
    faults = []
    for number, (ink, word) in enumerate(placed):
        for other, under in placed[number + 1 :]:
            if other.top() >= ink.bottom():
                break
            if ink.intersects(other):
                what = f"“{word.text[:24]}” on “{under.text[:24]}” of {called(under.owner)}"
                faults.append(Fault(Kind.OVERLAP, called(word.owner), what))
    return faults
