"""Words of the catalogue's commands."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "command.catalogue": (
        "看中心下发的目录：师资、场地、班次……",
        "rows the centre maintains: lecturers, venues, classes …",
    ),
    "command.catalogue.list": ("列出一种", "list one kind"),
    "command.catalogue.none": ("没有。", "There is none."),
}
