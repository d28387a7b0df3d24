"""Screens of the cases: the list, one of them, a form, the kinds, and a claim that came too late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtWidgets import QLineEdit

from app.areas.cases.case_kind import Party
from app.areas.cases.case_row import CaseRow
from app.areas.cases.machine import OPENING, CaseStep
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.ui.operator_driver import Stand
from ui.pages.cases.view import CasesPage
from ui.state.page_names import PageName
from ui.windows.operator_window import OperatorWindow

LONG_WISH = "想要一副看得清小字的老花镜，平时读报、看农药说明书用，左眼三百度右眼二百五十度"


def case_states(stand: Stand, window: OperatorWindow) -> Iterator[str]:
    """The page of the cases, from an empty one to a history."""
    window.go(PageName.CASES)
    page = cast("CasesPage", window.pages[PageName.CASES])
    yield "cases-none"
    wish = _fill(stand)
    window.go(PageName.TODAY)
    window.pages.today().presenter.load()
    yield "cases-today"
    window.go(PageName.CASES)
    page.presenter.load()
    yield "cases"
    page.new.click()
    yield "cases-kinds"
    page.kinds.buttons["request"].click()
    yield "cases-form"
    page.presenter.write_new("equipment")
    yield "cases-form-long"
    page.presenter.write_new("pairing")
    pick = page.form.parts["helper"]
    search = cast("QLineEdit", pick.search)  # type: ignore[attr-defined]
    search.setText("c")
    search.textEdited.emit("c")
    yield "cases-form-person"
    page.presenter.go_back()
    page.presenter.open(wish)
    yield "cases-one"
    page.presenter.open("c8")
    yield "cases-overtaken"
    page.presenter.go_back()


def _fill(stand: Stand) -> str:
    """Own cases of several kinds, and other stations' wishes, one claimed too late."""
    cases, store = stand.opened.station.cases, stand.opened.station.tools.store
    wish = cases.open_case("wish", {"wish": LONG_WISH, "beneficiary": "丙一"}).record.case
    asked = cases.open_case("request", {"course": "果树冬季修剪", "wanted_by": "23"}).record
    cases.open_case("equipment", {"purpose": "fault", "thing": "投影仪", "what": "不亮了"})
    cases.open_case("pairing", {"form": "youth_helps", "helper": "p1", "helped": "p8"})
    cases.open_case("feedback", {"text": "想学电商直播"})
    site = cases.show(asked.case).site
    at = asked.since_ms
    answer = CaseStep(
        *("w1", "answer", Party.COUNTY, "", at + 60_000, "asked", "王主任"),
        fields=(("answer", "讲师十四日来"), ("day", "2026-12-14")),
    )
    mine = CaseRow(asked.case, "request", (*(one.step for one in asked.history), answer))
    _come(store.apply_page, f"site:{site}", mine, 901)
    steps = tuple(
        CaseStep(name * 64, move, Party.STATION, far, at - ago, fields=fields)
        for name, move, far, ago, fields in (
            ("a", OPENING, "far", 900_000, (("wish", "给孙女买一个书包"),)),
            ("b", "publish", "far", 800_000, ()),
        )
    )
    _come(store.apply_page, "catalogue", CaseRow("c8", "wish", steps), 901)
    own = cases.move_case("c8", "claim", {"claimant": "松岭村党支部"}).record.unconfirmed[-1].step
    theirs = CaseStep(
        *("d" * 64, "claim", Party.STATION, "other", at - 700_000),
        fields=(("claimant", "清水村党支部"),),
    )
    _come(store.apply_page, "catalogue", CaseRow("c8", "wish", (*steps, theirs, own)), 902)
    return wish


def _come(apply: object, scope: str, row: CaseRow, rev: int) -> None:
    told = FeedPage(scope, rev, (FeedRow("case", row.id, rev, write_row(row)),))
    apply(told)  # type: ignore[operator]
