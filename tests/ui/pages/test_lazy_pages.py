"""Pages and the roster come when they are wanted, and nothing wrong is said before."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject

from tests.ui.operator_driver import Stand
from ui.pages.prepare.view import PreparePage
from ui.pages.roster.view import RosterPage
from ui.shell.garbage_collection import begin
from ui.state.current_session import CurrentSession
from ui.state.page_names import PageName
from ui.state.refresh import Refresher, Topic


class Held:
    """Jobs that wait until they are let go, in order."""

    def __init__(self, stand: Stand) -> None:
        self._jobs = stand.room.jobs
        self.waiting: list[object] = []
        stand.room.jobs = self  # type: ignore[assignment]

    def store(self, *asked: object) -> None:
        self.waiting.append(asked)

    def let_go(self) -> None:
        waiting, self.waiting = self.waiting, []
        for asked in waiting:
            self._jobs.store(*asked)  # type: ignore[misc]


def test_only_the_page_in_front_is_built_and_another_when_it_is_opened(stand: Stand) -> None:
    window = stand.open_window()
    assert [place for place, _page in window.pages.standing()] == [PageName.TODAY]
    window.go(PageName.RECORDS)
    assert {place for place, _page in window.pages.standing()} == {PageName.TODAY, PageName.RECORDS}
    while window.pages.build_next():
        pass
    assert window.has_all_pages
    assert window.place is PageName.RECORDS, "building ahead brings nothing to the front"


def test_nobody_is_read_before_a_page_wants_the_people(stand: Stand) -> None:
    window = stand.open_window()
    assert not stand.room.people
    assert len(stand.room.index) == 0
    window.go(PageName.ROSTER)
    assert stand.room.knows_people
    assert len(stand.room.index) == len(stand.room.people) > 0


def test_a_roster_that_is_being_read_is_not_called_empty(stand: Stand) -> None:
    window = stand.open_window()
    held = Held(stand)
    window.go(PageName.ROSTER)
    page = cast("RosterPage", window.pages[PageName.ROSTER])
    assert page.counts.text() == ""
    assert "正在读名册" in page.empty.accessibleName()
    held.let_go()
    assert page.model.rowCount() == len(stand.room.people) > 0
    assert str(len(stand.room.people)) in page.counts.text()


def test_no_advice_is_given_before_it_is_known_how_many_will_come(stand: Stand) -> None:
    station = stand.opened.station
    station.sessions.prepare(station.today.overview().plans[0].id)
    window = stand.open_window()
    held = Held(stand)
    window.go(PageName.PREPARE)
    page = cast("PreparePage", window.pages[PageName.PREPARE])
    assert page.presenter.state.people is None
    assert page.advice.text() == ""
    while held.waiting:
        held.let_go()
    assert page.presenter.state.people
    assert page.advice.text() != ""


def test_people_are_read_again_only_when_the_roster_has_changed(stand: Stand) -> None:
    stand.room.want_people()
    first = stand.room.people
    stand.room.load()
    assert stand.room.people is first


def test_visible_readers_read_in_turns_of_their_own_and_once_for_many_changes() -> None:
    turns: list[object] = []
    seen: list[str] = []
    refresher = Refresher(later=turns.append)
    front = refresher.register(frozenset({Topic.SESSION}), lambda: seen.append("front"))
    other = refresher.register(frozenset({Topic.SESSION}), lambda: seen.append("other"))
    for reader in (front, other):
        refresher.show(reader, visible=True)
    seen.clear()
    for _ in range(5):
        refresher.changed(Topic.SESSION)
    assert (seen, len(turns)) == ([], 2)
    refresher.show(other, visible=False)
    for turn in turns:
        turn()  # type: ignore[operator]
    assert seen == ["front"]
    assert other.stale, "who has left the front reads when it comes back"


def test_a_page_that_is_gone_reads_no_more() -> None:
    turns: list[object] = []
    refresher = Refresher(later=turns.append)
    reader = refresher.register(frozenset({Topic.SESSION}), lambda: turns.append("read"))
    refresher.show(reader, visible=True)
    turns.clear()
    refresher.changed(Topic.SESSION)
    refresher.readers.clear()
    turns[0]()  # type: ignore[operator]
    assert turns[1:] == []


def test_settling_without_a_start_leaves_the_interpreter_alone() -> None:
    import gc

    before = gc.get_threshold(), gc.get_freeze_count()
    begin(QObject())
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_whoever_wants_the_index_hears_when_it_is_there_and_it_is_read_once(
    stand: Stand,
) -> None:
    room: CurrentSession = stand.room
    held = Held(stand)
    told: list[tuple[str, int]] = []
    room.want_index(lambda: told.append(("first", len(room.index))))
    room.want_index(lambda: told.append(("second", len(room.index))))
    assert (told, len(held.waiting)) == ([], 1), "nobody hears before it is there; one reading"
    held.let_go()
    everyone = len(room.index)
    assert everyone > 0
    assert told == [("first", everyone), ("second", everyone)]
    room.want_index(lambda: told.append(("later", len(room.index))))
    assert told[2:] == [("later", everyone)]
    assert held.waiting == []
