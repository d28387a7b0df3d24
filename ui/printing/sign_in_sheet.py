"""The sign-in sheet: who was expected, who came and when, and room to sign by hand."""

from __future__ import annotations

from app.areas.attendance.marks import PRESENCE, RosterStatus
from app.areas.attendance.views import PersonCard
from app.areas.sessions.activity_lines import titled
from app.areas.sessions.views import SessionView
from app.words import say
from ui.printing.paper import CENTRE, INNER_MM, LEFT, MARGIN_MM, RIGHT, Paper
from ui.state.formatting import clock_time, long_day

ROW_MM = 9.0
ROWS_FIRST = 22
ROWS_NEXT = 26

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("paper.no", 12),
    ("paper.name", 44),
    ("paper.group", 34),
    ("paper.state", 26),
    ("paper.time", 20),
    ("paper.signature", 44),
)


def draw_sign_in_sheet(
    paper: Paper, site: str, view: SessionView, *, only_here: bool = False
) -> None:
    """Draw the whole sheet, over as many pages as it needs; ``only_here`` leaves out who is not."""
    cards = [one for one in _listed(view) if one.status in PRESENCE or not only_here]
    pages = page_count(len(cards))
    _head(paper, site, view)
    y = _table_head(paper, 62)
    done = 0
    for page in range(1, pages + 1):
        rows = ROWS_FIRST if page == 1 else ROWS_NEXT
        for place, card in enumerate(cards[done : done + rows], done + 1):
            _row(paper, y, place, card)
            y += ROW_MM
        done += rows
        _foot(paper, view, page, pages)
        if page < pages:
            paper.new_page()
            y = _table_head(paper, MARGIN_MM)


def page_count(people: int) -> int:
    """Sheets needed for so many people."""
    return 1 + max(-(-(people - ROWS_FIRST) // ROWS_NEXT), 0)


def _listed(view: SessionView) -> list[PersonCard]:
    """Everyone expected, whoever else came, in the list's order."""
    return [
        card
        for card in view.cards
        if card.standpoint is RosterStatus.EXPECTED or card.status in PRESENCE
    ]


def _head(paper: Paper, site: str, view: SessionView) -> None:
    session = view.session
    paper.text(
        (MARGIN_MM, 14, INNER_MM, 12), say("paper.sign_in_sheet"), size=8, weight=700, align=CENTRE
    )
    began = session.began_ms
    ended = "" if session.over_ms is None else f"–{clock_time(session.over_ms)}"
    lines = (
        (
            say("paper.site", name=site),
            say("paper.when", when=f"{long_day(began)} {clock_time(began)}{ended}"),
        ),
        (say("paper.subject", title=titled(session)), say("paper.host")),
        (_counts(view), say("paper.code", code=view.code) if view.code else ""),
    )
    for place, (left, right) in enumerate(lines):
        y = 30 + place * 9
        paper.text((MARGIN_MM, y, 105, 8), left, size=4.2)
        weight = 700 if right.startswith(say("paper.code", code="")) else 400
        paper.text((MARGIN_MM + 108, y, INNER_MM - 108, 8), right, size=4.2, weight=weight)


def _counts(view: SessionView) -> str:
    turnout = view.turnout
    return say(
        "paper.counts",
        expected=turnout.expected,
        arrived=turnout.arrived,
        on_leave=turnout.on_leave,
        visitors=turnout.visitors,
    )


def _table_head(paper: Paper, y: float) -> float:
    x = MARGIN_MM
    for key, width in _COLUMNS:
        paper.frame((x, y, width, ROW_MM), tint=True)
        paper.text((x + 1, y, width - 2, ROW_MM), say(key), size=4, weight=700, align=CENTRE)
        x += width
    return y + ROW_MM


def _row(paper: Paper, y: float, place: int, card: PersonCard) -> None:
    state = "" if card.status is None else say(f"status.{card.status.value}")
    if card.standpoint is RosterStatus.VISITOR:
        state = say("standpoint.visitor")
    came = card.at_ms is not None and card.status in PRESENCE
    when = clock_time(card.at_ms) if came and card.at_ms is not None else ""
    values = (str(place), card.name, card.group or card.branch, state, when, "")
    x = MARGIN_MM
    for (key, width), value in zip(_COLUMNS, values, strict=True):
        paper.frame((x, y, width, ROW_MM))
        align = LEFT if key in ("paper.name", "paper.group") else CENTRE
        size = 4.8 if key == "paper.name" else 4.0
        paper.text((x + 1.5, y, width - 3, ROW_MM), value, size=size, align=align)
        x += width


def _foot(paper: Paper, view: SessionView, page: int, pages: int) -> None:
    said = say("paper.sign_in_note") if view.code else say("paper.not_closed")
    paper.text((MARGIN_MM, 281, 140, 6), said, size=3.2, grey=True)
    of = say("paper.page", page=page, pages=pages)
    paper.text((MARGIN_MM + 140, 281, INNER_MM - 140, 6), of, size=3.2, align=RIGHT, grey=True)
