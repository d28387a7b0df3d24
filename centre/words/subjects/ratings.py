"""What the centre says about ratings; the names of levels and rates are the area's own."""

from __future__ import annotations

from app.areas.ratings.words import WORDS as _AREA

WORDS: dict[str, tuple[str, str]] = {
    **{key: said for key, said in _AREA.items() if key.startswith(("rating.", "form.", "paper."))},
    "centre.rating_sessions": (
        "{count} 场（另有 {few} 场不足 5 票）",
        "{count} sessions ({few} more with fewer than 5 votes)",
    ),
}
