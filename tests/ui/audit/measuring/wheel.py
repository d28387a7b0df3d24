"""Whether the wheel changes a value over which the page is only scrolled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QWidget,
)

from tests.ui.audit.measuring.faults import Fault, Kind
from tests.ui.audit.measuring.tree import called, visible


def wheel_faults(root: QWidget, skip: tuple[type[QWidget], ...] = ()) -> list[Fault]:
    """Whatever a notch of the wheel turns although nobody has chosen it."""
    faults = []
    for part in visible(root, skip):
        value = _value_of(part)
        if value is None or part.hasFocus():
            continue
        before = value()
        part.blockSignals(True)
        for notch in (-120, 120, 120):
            _turn(part, notch)
            if value() != before:
                faults.append(Fault(Kind.WHEEL, called(part), f"{before} became {value()}"))
                break
        part.blockSignals(False)
    return faults


def _value_of(part: QWidget) -> Callable[[], object] | None:
    if isinstance(part, QAbstractSlider) and not isinstance(part, QScrollBar):
        return part.value
    if isinstance(part, QAbstractSpinBox):
        return part.text
    return part.currentIndex if isinstance(part, QComboBox) else None


def _turn(part: QWidget, notch: int) -> None:
    middle = part.rect().center()
    QApplication.sendEvent(
        part,
        QWheelEvent(
            QPointF(middle), QPointF(part.mapToGlobal(middle)), QPoint(), QPoint(0, notch),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - by place only
        ),
    )  # fmt: skip
