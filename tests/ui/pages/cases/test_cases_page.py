"""Cases at the station: opened from a form, moved on, answered by the centre, overtaken kindly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.areas.cases.case_kind import Party
from app.areas.cases.case_row import CaseRow
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import OPENING, CaseStep
from app.domain.ids import PersonId
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.ui.operator_driver import Stand
from ui.input.shortcuts import Shortcut
from ui.pages.cases.form import OptionPick
from ui.pages.cases.state import CasesFront
from ui.pages.cases.view import CasesPage
from ui.parts.forms.person_pick import PersonPick
from ui.state.page_names import PageName


@pytest.fixture
def page(stand: Stand) -> CasesPage:
    window = stand.open_window()
    window.go(PageName.CASES)
    return cast("CasesPage", window.pages[PageName.CASES])


def rows(page: CasesPage) -> list[str]:
    """What each row of the list says."""
    items = (page.list.rows.itemAt(at) for at in range(page.list.rows.count()))
    return [one.widget().accessibleName() for one in items]


def labels_in(part: QWidget) -> list[QLabel]:
    """All labels of a part."""
    found: Iterable[QLabel] = part.findChildren(QLabel)
    return list(found)


def write_new(page: CasesPage, kind: str, **texts: str) -> None:
    """Fill in and keep a new case."""
    page.new.click()
    page.kinds.buttons[kind].click()
    for name, text in texts.items():
        part = page.form.parts[name]
        if isinstance(part, QPlainTextEdit):
            part.setPlainText(text)
        elif isinstance(part, QLineEdit):
            part.setText(text)
        elif isinstance(part, OptionPick):
            part.search.setText(text)
        else:
            cast("PersonPick", part).search.setText(text)
    page.form.keep.click()


def say_by_centre(stand: Stand, row: CaseRow, rev: int, scope: str = "catalogue") -> None:
    """The centre's word on a case comes down."""
    page = FeedPage(scope, rev, (FeedRow("case", row.id, rev, write_row(row)),))
    stand.opened.station.tools.store.apply_page(page)


def test_a_wish_is_written_down_published_and_waits_for_the_centre(
    stand: Stand, page: CasesPage
) -> None:
    assert page.stack.currentWidget() is page.empty
    write_new(page, "wish", wish="一副老花镜", beneficiary="丙一")
    assert page.presenter.state.front is CasesFront.CASE
    (row,) = rows(page)
    assert "一副老花镜" in row
    assert "等你们办" in row
    assert "已登记，待中心确认" in row
    assert page.waits.text() == "等本站办：1 件"
    assert page.act(Shortcut.MAIN), "F5 is the green button: publish it"
    (view,) = stand.opened.station.cases.all()
    assert view.record.state == "published"
    assert "等你们办" not in rows(page)[0], "now somebody else takes it on"


def test_every_kind_has_a_form_and_what_lacks_is_told_without_losing_what_was_written(
    stand: Stand, page: CasesPage
) -> None:
    for name, kind in CASE_KINDS.items():
        page.new.click()
        page.kinds.buttons[name].click()
        assert set(page.form.parts) == {*kind.needs, *kind.may}
    page.presenter.write_new("equipment")
    thing = cast("QLineEdit", page.form.parts["thing"])
    thing.setText("投影仪")
    page.form.keep.click()
    assert page.presenter.state.front is CasesFront.FORM
    assert (cast("QLineEdit", page.form.parts["thing"])).text() == "投影仪"
    assert stand.opened.station.cases.all() == ()


def test_a_pair_is_formed_of_people_of_the_list(stand: Stand, page: CasesPage) -> None:
    page.new.click()
    page.kinds.buttons["pairing"].click()
    form = page.form
    form.parts["form"].buttons["youth_helps"].click()  # type: ignore[attr-defined]
    for name, person in (("helper", "p1"), ("helped", "p8")):
        pick = cast("PersonPick", form.parts[name])
        pick.search.setText(f"000{person[1:]}")
        pick.search.returnPressed.emit()
        assert pick.person == person
    form.keep.click()
    (view,) = stand.opened.station.cases.all()
    name = stand.room.people[PersonId("p8")].name
    assert (view.record.value("helper"), view.names["p8"]) == ("p1", name)
    assert not view.waits_for_us, "a pairing goes on by itself"


def test_who_claimed_too_late_reads_a_kind_sentence(stand: Stand, page: CasesPage) -> None:
    steps = (
        CaseStep("a" * 64, OPENING, Party.STATION, "far", 1_000, fields=(("wish", "书包"),)),
        CaseStep("b" * 64, "publish", Party.STATION, "far", 2_000),
    )
    say_by_centre(stand, CaseRow("c9", "wish", steps), 901)
    page.presenter.load()
    page.presenter.open("c9")
    page.case.main.click()
    cast("QLineEdit", page.form.parts["claimant"]).setText("松岭村党支部")
    page.form.keep.click()
    own = stand.opened.station.cases.show("c9").record.unconfirmed[-1].step
    theirs = CaseStep(
        *("c" * 64, "claim", Party.STATION, "other", 3_000), fields=(("claimant", "清水村"),)
    )
    say_by_centre(stand, CaseRow("c9", "wish", (*steps, theirs, own)), 902)
    page.presenter.load()
    assert "清水村先认领了，谢谢你们" in page.case.told.text()
    assert page.case.main.isHidden(), "only who claimed it goes on with it"


def test_an_answer_is_told_on_the_first_page_until_somebody_looked(
    stand: Stand, page: CasesPage
) -> None:
    cases = stand.opened.station.cases
    asked = cases.open_case("request", {"course": "果树修剪", "wanted_by": "23"}).record
    site = cases.show(asked.case).site
    steps = tuple(one.step for one in asked.history)
    answer = CaseStep(
        *("w1", "answer", Party.COUNTY, "", asked.since_ms + 5, "asked", "王主任"),
        fields=(("answer", "讲师十四日来"),),
    )
    say_by_centre(stand, CaseRow(asked.case, "request", (*steps, answer)), 901, f"site:{site}")
    news = cases.news()
    assert (news.answered, news.newest and news.newest.record.state) == (1, "answered")
    today = stand.shown_window().pages.today()
    today.presenter.load()
    assert today.cases.words == "有答复：果树修剪，已答复"
    page.presenter.load()
    assert cases.news().answered == 0
    assert cases.news().line == ""
    page.presenter.open(asked.case)
    told = [one.text() for one in labels_in(page.case.inside)]
    assert any("答复：讲师十四日来" in one for one in told)


def test_kinds_narrow_the_list_and_those_that_ended_are_shown_when_asked(
    stand: Stand, page: CasesPage
) -> None:
    cases = stand.opened.station.cases
    cases.open_case("wish", {"wish": "书包"})
    told = cases.open_case("feedback", {"text": "想学电商"}).record.case
    cases.move_case(told, "tell_back", {"answer": "下月安排"})
    page.presenter.load()
    assert len(rows(page)) == 1
    page.ended.click()
    assert len(rows(page)) == 2
    page.kind.click()
    page.kinds.buttons["feedback"].click()
    assert len(rows(page)) == 1
    assert "已回复本人" in rows(page)[0]
    assert "微心愿" not in page.duty.text(), "one was registered this half-year"
