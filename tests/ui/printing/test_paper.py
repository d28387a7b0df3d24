"""What is printed can be read back: every name, the counts, the code, and cards by a scanner."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pypdfium2
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.areas.attendance.marks import Status
from app.areas.forms.form import Form
from app.areas.forms.held import of_view
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.people.person import Person
from app.areas.playback.plays import Interval, PlayOutcome
from app.areas.playback.views import PlayView
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId, PlayId
from app.words import say
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import sample_people, station_at
from ui.printing.form_paper import draw_form
from ui.printing.keeping import write_whole
from ui.printing.member_cards import CARDS_A_PAGE, draw_member_cards
from ui.printing.output import Draw, pdf_of
from ui.printing.paper import Paper
from ui.state.play_lines import play_lines
from ui.theme import look

SITE = "松岭村学习点"
Box = tuple[float, float, float, float]
TITLE = "十一月集中学习：柑橘冬季管护"
ROWS_FIRST = 23
ROWS_NEXT = 27
"""Of a sign-in sheet: people on the first page and on each that follows."""


def sheet_of(view: SessionView) -> Form:
    """The sign-in sheet of a session."""
    return sign_in_sheet(say, SITE, of_view(view))


def record_of(view: SessionView) -> Form:
    """The session record."""
    return session_record(say, SITE, of_view(view))


def page_count(people: int) -> int:
    """Sheets a sign-in sheet of so many people takes."""
    return 1 + max(-(-(people - ROWS_FIRST) // ROWS_NEXT), 0)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> SessionView:
    """A closed session of 60 people with a visitor and notes."""
    with station_at(tmp_path_factory.mktemp("paper"), people=60) as opened:
        session = begin(opened, TITLE)
        sign_in(opened, session, *range(20))
        opened.station.attendance.admit_visitor(session, "赵来宾")
        opened.station.discussion.note(session, "大家想看果树修剪。\n路灯要修。")
        return opened.station.sessions.close(session)


@pytest.fixture(autouse=True)
def looks(qapp: QApplication) -> None:
    """The bundled fonts."""
    look.apply_look(qapp)


class Noting(Paper):
    """Paper that also remembers what was drawn on each page."""

    pages: ClassVar[list[str]] = []
    blocks: ClassVar[list[tuple[float, float, float]]] = []

    def new_page(self, *, is_wide: bool = False) -> None:
        super().new_page(is_wide=is_wide)
        self.pages.append("")

    def text(self, box: Box, words: str, **how: Any) -> None:
        super().text(box, words, **how)
        self.pages[-1] += "".join(words.split())

    def paragraph(self, box: Box, words: str, *, size: float = 4.0) -> float:
        self.pages[-1] += "".join(words.split())
        return super().paragraph(box, words, size=size)

    def block(self, x: float, y: float, side: float) -> None:
        self.blocks.append((x, y, side))


def pages_of(draw: Draw) -> list[str]:
    """The words on each page."""
    Noting.pages[:] = [""]
    image = QImage(2100, 2970, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw(Noting(painter, 10.0, lambda: None))
    painter.end()
    return list(Noting.pages)


def test_the_pdf_has_the_pages_and_the_names_in_it(held: SessionView) -> None:
    document = pypdfium2.PdfDocument(pdf_of(lambda paper: draw_form(paper, sheet_of(held)), "t"))
    try:
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
        widths = {round(size) for page in document for size in page.get_size()}
    finally:
        document.close()
    assert len(texts) == page_count(len(listed(held)))
    assert all("".join(name.split()) in "".join(texts) for name in listed(held)[:8])
    assert widths == {595, 842}, "A4 in points"


def test_the_sheet_names_everyone_once_with_room_to_sign(held: SessionView) -> None:
    pages = pages_of(lambda paper: draw_form(paper, sheet_of(held)))
    whole = "".join(pages)
    assert len(pages) == page_count(sum(1 for _ in listed(held)))
    for card in listed(held):
        name = "".join(card.split())
        assert name in whole
    assert "".join(say("paper.code", code=held.code).split()) in pages[0]
    assert all("".join(say("paper.signature").split()) in page for page in pages)
    assert "".join(SITE.split()) in pages[0]


def listed(view: SessionView) -> list[str]:
    """Names the sheet must have."""
    return [card.name for card in view.cards if card.status is not None]


@pytest.mark.parametrize(
    ("people", "pages"),
    [(0, 1), (1, 1), (ROWS_FIRST, 1), (ROWS_FIRST + 1, 2), (ROWS_FIRST + ROWS_NEXT + 1, 3)],
)
def test_sheets_are_counted_as_they_are_drawn(people: int, pages: int, held: SessionView) -> None:
    expected = tuple(card for card in held.cards if card.status is not Status.LATE)[:1]
    many = replace(held, cards=tuple(replace(expected[0], name=f"人{n}") for n in range(people)))
    assert page_count(people) == pages
    assert len(pages_of(lambda paper: draw_form(paper, sheet_of(many)))) == pages


def test_a_course_that_was_gone_on_with_is_shown_and_printed_once(held: SessionView) -> None:
    play = PlayView(
        PlayId("y1"),
        CourseId("c1"),
        "冬季果树修剪",
        started_ms=0,
        position_ms=40_000,
        duration_ms=100_000,
        coverage_percent=40,
        outcome=PlayOutcome.INTERRUPTED,
        shown=(Interval(0, 40_000),),
    )
    later = (Interval(70_000, 100_000),)
    again = replace(play, id=PlayId("y2"), outcome=PlayOutcome.STOPPED, shown=later)
    view = replace(held, plays=(play, again))
    assert play_lines(view.plays) == ("冬季果树修剪 · 放了 70% · 放到最后",)
    whole = "".join(pages_of(lambda paper: draw_form(paper, record_of(view))))
    assert "《冬季果树修剪》放了70%，放到最后" in whole
    assert whole.count("冬季果树修剪") == 1


def test_the_record_says_who_was_absent_and_what_was_discussed(held: SessionView) -> None:
    whole = "".join(pages_of(lambda paper: draw_form(paper, record_of(held))))
    absent = [card.name for card in held.cards if card.status is Status.ABSENT]
    assert absent
    assert all("".join(name.split()) in whole for name in absent)
    assert "大家想看果树修剪。路灯要修。" in whole
    assert "赵来宾" in whole
    assert "".join(held.code.split()) in whole


def test_a_very_long_discussion_goes_on_with_the_next_page(held: SessionView) -> None:
    long = replace(held, notes=("果树" * 900,))
    pages = pages_of(lambda paper: draw_form(paper, record_of(long)))
    assert len(pages) > 1
    assert sum(page.count("果树") for page in pages) == 900


def test_each_card_reads_back_as_its_number() -> None:
    people = sample_people(CARDS_A_PAGE + 3)
    document = pypdfium2.PdfDocument(
        pdf_of(lambda paper: draw_member_cards(paper, SITE, people), "cards")
    )
    assert len(document) == 2
    document.close()
    person: Person = people[4]
    Noting.blocks.clear()
    pages_of(lambda paper: draw_member_cards(paper, SITE, (person,)))
    assert _modules(Noting.blocks) == _code_of(person.card_no)


def _modules(blocks: list[tuple[float, float, float]]) -> set[tuple[int, int]]:
    left = min(x for x, _, _ in blocks)
    top = min(y for _, y, _ in blocks)
    return {(round((x - left) / side), round((y - top) / side)) for x, y, side in blocks}


def _code_of(number: str) -> set[tuple[int, int]]:
    import segno

    matrix = segno.make_qr(number, error="m").matrix
    return {
        (across, down)
        for down, modules in enumerate(matrix)
        for across, dark in enumerate(modules)
        if dark
    }


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    from app.domain.errors import StationTrouble

    write_whole(tmp_path / "a.pdf", b"whole")
    assert (tmp_path / "a.pdf").read_bytes() == b"whole"
    with pytest.raises(StationTrouble):
        write_whole(tmp_path / "no such folder" / "a.pdf", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
