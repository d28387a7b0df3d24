"""The one stylesheet, built from the tokens for an interface size. No Qt in here.

Roles (dynamic property ``role``): buttons primary, secondary, quiet, danger; labels
title, section, body, caption, digits, count, name; frames card, well, line. A pressed
toggle (``checked``) wears the pine tint.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from ui.theme import tokens

_SHEET = Template("""
QMainWindow, QDialog, QWidget[role="page"] { background: $paper; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: ${p4}px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[role="section"] { font-size: ${section}px; font-weight: 600; }
QLabel[role="body"] { font-size: ${body}px; }
QLabel[role="name"] { font-size: ${section}px; font-weight: 600; }
QLabel[role="caption"] { font-size: ${caption}px; color: $ink2; }
QLabel[role="digits"] { font-size: ${digits}px; font-weight: 600; }
QLabel[role="count"] { font-size: ${count}px; font-weight: 700; color: $pine; }

QFrame[role="card"] { background: $card; border: 1px solid $hair; border-radius: ${r12}px; }
QFrame[role="told"] { background: $ambert; border: 2px solid $amber; border-radius: ${r12}px; }
QFrame[role="well"] { background: $mist; border: none; border-radius: ${r8}px; }
QFrame[role="line"] { background: $hair; border: none; max-height: 1px; min-height: 1px; }

QPushButton {
  background: $card; color: $ink; border: ${edge}px solid $line; border-radius: ${r12}px;
  padding: ${p4}px ${p20}px; font-size: ${control}px; font-weight: 600; min-height: ${inner}px;
  outline: none;
}
QPushButton:hover { border-color: $pine; }
QPushButton:pressed { background: $pinet; border-color: $pined; }
QPushButton:checked { background: $chosen; border-color: $pine; color: $onchosen; }
QPushButton:focus { border: 4px solid $indigo; padding: ${p2}px ${p18}px; }
QPushButton:disabled { color: $ink2; border-color: $hair; background: $mist; }
QPushButton[role="primary"] {
  background: $pine; color: $card; border-color: $pine; min-height: ${innermain}px;
}
QPushButton[role="primary"]:hover { background: $pined; border-color: $pined; }
QPushButton[role="primary"]:pressed { background: $pined; border-color: $ink; }
QPushButton[role="primary"]:focus { border: 4px solid $indigo; }
QPushButton[role="primary"]:disabled { background: $mist; color: $ink2; border-color: $hair; }
QPushButton[role="quiet"] {
  background: transparent; font-weight: 400; color: $ink;
}
QPushButton[role="quiet"]:hover { background: $mist; }
QPushButton[role="quiet"]:pressed { background: $pinet; }
QPushButton[role="quiet"]:checked {
  background: $chosen; color: $onchosen; font-weight: 600;
}
QPushButton[role="quiet"]:focus { border: 4px solid $indigo; }
QPushButton[role="danger"] { color: $cinnabar; }
QPushButton[role="danger"]:pressed { background: $cint; border-color: $cinnabar; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit {
  background: $card; color: $ink; border: ${edge}px solid $line; border-radius: ${r8}px;
  padding: ${p4}px ${p12}px; font-size: ${control}px; min-height: ${inner}px;
  selection-background-color: $pine; selection-color: $card; placeholder-text-color: $ink2;
}
QPlainTextEdit, QTextEdit { padding: ${p8}px ${p12}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 4px solid $indigo; padding: ${p2}px ${p10}px;
}
QComboBox::drop-down { border: none; width: ${p36}px; }
QComboBox QAbstractItemView {
  background: $card; border: 1px solid $line; font-size: ${control}px;
  selection-background-color: $chosen; selection-color: $onchosen; outline: none;
}
QCheckBox, QRadioButton, QSlider { outline: none; }
QCheckBox, QRadioButton { spacing: ${p12}px; font-size: ${control}px; min-height: ${p44}px; }
QCheckBox:focus, QRadioButton:focus { color: $indigo; }
QCheckBox::indicator, QRadioButton::indicator { width: ${p28}px; height: ${p28}px; }
QCheckBox::indicator {
  border: ${edge}px solid $line; border-radius: ${p4}px; background: $card;
}
QCheckBox::indicator:checked { background: $pine; border-color: $pine; image: url("$check"); }
QRadioButton::indicator { border: ${edge}px solid $line; border-radius: ${p16}px; background: $card; }
QRadioButton::indicator:checked { border: ${p8}px solid $pine; width: ${p16}px; height: ${p16}px; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: $mist; width: ${p20}px; border-radius: ${p10}px; margin: 0; }
QScrollBar::handle:vertical { background: $line; min-height: ${p44}px; border-radius: ${p10}px; }
QScrollBar:horizontal { background: $mist; height: ${p20}px; border-radius: ${p10}px; margin: 0; }
QScrollBar::handle:horizontal { background: $line; min-width: ${p44}px; border-radius: ${p10}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTableView, QTreeView, QListView {
  background: $card; border: 1px solid $hair; border-radius: ${r8}px; gridline-color: $hair;
  font-size: ${body}px; selection-background-color: $chosen; selection-color: $onchosen;
  outline: none;
}
QTableView::item { border: none; padding: 0 ${p12}px; }
QTableView:focus, QListView:focus { border: 4px solid $indigo; }
QListView::item { min-height: ${p44}px; padding: 0 ${p8}px; }
QHeaderView { background: $paper; }
QHeaderView::section {
  background: $paper; color: $ink2; border: none; border-bottom: 2px solid $hair;
  padding: ${p8}px ${p12}px; font-size: ${caption}px; font-weight: 600;
}
QProgressBar { background: $mist; border: 1px solid $line; border-radius: ${p8}px; height: ${p16}px; }
QProgressBar::chunk { background: $pine; border-radius: ${p8}px; }
QSlider::groove:horizontal {
  background: $mist; border: 1px solid $line; height: ${p12}px; border-radius: ${p4}px;
}
QSlider::sub-page:horizontal { background: $pine; border-radius: ${p4}px; }
QSlider::handle:horizontal {
  background: $card; border: 4px solid $pine; width: ${p28}px; margin: -${p12}px 0;
  border-radius: ${p16}px;
}
QSlider:focus { border: 4px solid $indigo; border-radius: ${r8}px; }
QMenu { background: $card; border: 1px solid $line; padding: ${p4}px; font-size: ${control}px; }
QMenu::item { padding: ${p8}px ${p20}px; }
QMenu::item:selected { background: $chosen; color: $onchosen; }
""")

_LENGTHS = (2, 4, 8, 10, 12, 16, 18, 20, 28, 36, 44)


def build_qss(
    factor: float, check_url: str = "", worn: Mapping[str, str] | None = None, border: int = 2
) -> str:
    """The stylesheet at 1.0, 1.25 or 1.5; ``check_url`` is a white tick for check boxes.

    ``worn`` maps colours of the light room to those of a theme, ``border`` is in px.
    """
    themed = worn or {}

    def px(size: float) -> str:
        return str(round(size * factor))

    scale = tokens.OPERATOR
    return _SHEET.substitute(
        {f"p{size}": px(size) for size in _LENGTHS},
        paper=themed.get(tokens.PAPER, tokens.PAPER),
        card=themed.get(tokens.CARD, tokens.CARD),
        mist=themed.get(tokens.MIST, tokens.MIST),
        ink=themed.get(tokens.INK, tokens.INK),
        ink2=themed.get(tokens.INK2, tokens.INK2),
        hair=themed.get(tokens.HAIR, tokens.HAIR),
        line=themed.get(tokens.LINE, tokens.LINE),
        pine=themed.get(tokens.PINE, tokens.PINE),
        pined=themed.get(tokens.PINE_DEEP, tokens.PINE_DEEP),
        pinet=themed.get(tokens.PINE_TINT, tokens.PINE_TINT),
        chosen=themed.get(tokens.CHOSEN, tokens.CHOSEN),
        onchosen=themed.get(tokens.ON_CHOSEN, tokens.ON_CHOSEN),
        cinnabar=themed.get(tokens.CINNABAR, tokens.CINNABAR),
        cint=themed.get(tokens.CINNABAR_TINT, tokens.CINNABAR_TINT),
        indigo=themed.get(tokens.INDIGO, tokens.INDIGO),
        amber=themed.get(tokens.AMBER, tokens.AMBER),
        ambert=themed.get(tokens.AMBER_TINT, tokens.AMBER_TINT),
        caption=px(scale.caption),
        body=px(scale.body),
        control=px(scale.control),
        section=px(scale.section),
        title=px(scale.title),
        digits=px(scale.digits),
        count=px(72),
        r8=px(tokens.RADIUS),
        r12=px(tokens.RADIUS_TOUCH),
        inner=px(tokens.CONTROL - 12),
        innermain=px(tokens.CONTROL_MAIN - 12),
        check=check_url,
        edge=border,
    )
