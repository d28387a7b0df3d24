"""What the centre says about surveys of needs; kinds and options are the area's own."""

from __future__ import annotations

from app.areas.needs.words import WORDS as _AREA

WORDS: dict[str, tuple[str, str]] = {
    **{key: said for key, said in _AREA.items() if key.startswith("needs.")},
    "centre.needs_people": ("回答的人（按类别）", "Who answered, by kind"),
    "centre.needs_demand": (
        "想学什么、怎么学、学多久（人次，多的在前）",
        "What is wanted, most wanted first",
    ),
}
