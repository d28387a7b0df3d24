"""Every screen in every state that people meet, one list for the audit and for the pictures.

The operator's states come from walking one session on a real station; the window is built
once and the walk leads it through. Each step yields the state's name when it is in front.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication

from app.areas.attendance.marks import Lane
from app.areas.equipment.verbs import DeviceEntry
from app.areas.sessions.kinds import SessionKind
from app.domain.errors import StationTrouble
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind
from app.ports.player import PlayerEvent
from app.words import say, say_error
from tests.ui.audit.walks.kinds_states import late_session, offer_rows, page, theme_day
from tests.ui.handouts.pdfs import pdf, written
from tests.ui.handouts.test_showing import InlineDraw, SeenByRoom, buttons_of
from tests.ui.operator_driver import Stand, sample_course
from tests.ui.pages.cases.case_states import case_states
from tests.ui.pages.member_sign_in.driver import SITE
from ui.handouts.controller import HandoutController
from ui.handouts.panel import HandoutPanel
from ui.pages.close.view import ClosePage
from ui.pages.discuss.view import DiscussPage
from ui.pages.member_sign_in.state import MemberState, MemberTile, ResultCard, Scene
from ui.pages.play.view import PlayPage
from ui.pages.prepare.view import PreparePage
from ui.pages.records.shelf.view import BookShelf
from ui.pages.records.view import RecordsPage
from ui.pages.roll_call.state import RollCallFilter
from ui.pages.roll_call.view import RollCallPage
from ui.pages.roster.view import RosterPage
from ui.pages.today.view import TodayPage
from ui.state.page_names import PageName
from ui.state.sign_in_result import SignInResult
from ui.windows.operator_window import OperatorWindow

LONG = ("买买提·吐尔逊", "阿不都热合曼·吐尔逊江·买买", "𬭛㛃䶮", "那仁格日勒·巴特尔·苏和巴特")


def furnish(stand: Stand, folder: Path) -> None:
    """Courses for the session: one with subtitles, a long title, one that is not here yet."""
    opened = stand.opened
    sample_course(opened, folder, "c1", subtitle=True)
    sample_course(
        opened, folder, "c2", title="大棚蔬菜病虫害绿色防控技术要点", topic="农业技术", minutes=38
    )
    sample_course(
        opened, folder, "c3", title="农村留守老人防诈骗知识讲座（第二讲）", minutes=25, whole=False
    )  # fmt: skip
    _lay_handouts_out(stand, folder / "stick")
    offer_rows(stand)


def _lay_handouts_out(stand: Stand, stick: Path) -> None:
    """A stick with two handouts, one of a long name, and the desk's control of them."""
    written(
        stick,
        "大棚蔬菜病虫害绿色防控技术要点与农药安全使用间隔期一览表（2026 年修订）",
        pdf(12, box="0 0 595 842"),
    )
    written(stick, "讲义", pdf(3, box="0 0 595 842"))
    handouts = HandoutController(stand.room, InlineDraw(), SeenByRoom((960, 540)), lambda: (stick,))
    plain = stand.desk
    stand.desk = lambda: replace(plain(), handouts=handouts)  # type: ignore[method-assign]


def _handout(panel: HandoutPanel | None, wanted: QAbstractButton) -> Iterator[str]:
    """Choose the first handout of the stick, show it, put it away."""
    assert panel is not None
    wanted.click()
    yield "choose"
    next(one for one in buttons_of(panel.found) if "2026" in one.words).click()
    yield "shown"
    panel.away.click()


def whole_session(stand: Stand, window: OperatorWindow) -> Iterator[str]:
    """The operator's window through one session, from opening the program to the record."""
    yield from _before(stand, window)
    yield from _sign_in(stand, window)
    yield from _play(stand, window)
    yield from _after(stand, window)
    yield from theme_day(stand, window)


def _before(stand: Stand, window: OperatorWindow) -> Iterator[str]:
    today = page(window, PageName.TODAY, TodayPage)
    assert isinstance(today, TodayPage)
    yield "today"
    today.extra.click()
    yield "today-extra"
    today.extra_form.toggle(stand.room.courses[0].course.id)
    yield "today-extra-chosen"
    today.extra_form.more.click()
    assert today.extra_form.setting is not None
    today.extra_form.setting.classes.buttons["c1"].click()
    today.extra_form.setting.lecturers.buttons["l2"].click()
    yield "today-extra-setting"
    today.extra_form.setting.accept.click()
    yield "today-extra-class"
    today.extra_form.kind_button.click()
    yield "today-extra-kinds"
    today.extra_form.kinds.buttons[SessionKind.ROUTE].click()
    yield "today-extra-route"
    today.presenter.load()
    window.go(PageName.TODAY)
    today._show_day()
    yield from late_session(window)
    window.go(PageName.TODAY)
    today.not_held.click()
    yield "today-not-held"
    today._show_day()
    for place in (
        PageName.COURSES,
        PageName.RECORDS,
        PageName.SENDING,
        PageName.ROSTER,
        PageName.SETTINGS,
    ):
        window.go(place)
        yield f"{place.value}-before" if place is PageName.RECORDS else place.value
    roster = page(window, PageName.ROSTER, RosterPage)
    assert isinstance(roster, RosterPage)
    window.go(PageName.ROSTER)
    roster.search.setText("qqq")
    yield "roster-nobody"
    roster.search.clear()
    roster.sheet.open(PersonId("p8"))
    yield "roster-sheet"
    roster.sheet.presenter.put_away()
    roster.presenter.open(PersonId("p8"))
    yield "roster-person"
    roster.presenter.write_new()
    yield "roster-new"
    roster.presenter.choose_file()
    yield "roster-files"
    roster.presenter.go_back()
    yield from case_states(stand, window)
    window._on_help_wanted()
    yield "help"
    window.help_sheet.hide()
    window.go(PageName.TODAY)
    today.begin.click()


def _sign_in(stand: Stand, window: OperatorWindow) -> Iterator[str]:
    prepare = page(window, PageName.PREPARE, PreparePage)
    assert isinstance(prepare, PreparePage)
    yield "prepare"
    prepare.open.click()
    roll = page(window, PageName.ROLL_CALL, RollCallPage)
    assert isinstance(roll, RollCallPage)
    yield "roll-call"
    session = session_of(stand)
    for number in (0, 3, 5, 8, 22, 23):
        signed = stand.opened.station.attendance.sign_in(
            session, PersonId(f"p{number}"), Lane.ROLL_CALL, "operator"
        )
        stand.room.signed_in(signed)
    roll.search.setText("cp")
    yield "roll-call-search"
    roll.search.setText("qqq")
    yield "roll-call-nobody"
    roll.search.clear()
    yield "roll-call-some"
    roll.sheet.open(PersonId("p3"))
    yield "roll-call-sheet"
    roll.sheet.presenter.put_away()
    roll.presenter.choose_group("2组")
    roll.presenter.choose_letters("C")
    yield "roll-call-group"
    roll.presenter.choose_group(None)
    roll.presenter.choose_letters("")
    roll.presenter.look_at(RollCallFilter.ARRIVED)
    yield "roll-call-arrived"
    roll.presenter.look_at(RollCallFilter.EVERYONE)
    roll.leave.click()
    roll.presenter.mark_leave(PersonId("p10"), LeaveKind.SICK)
    yield "roll-call-leave"
    roll.leave_end.click()
    roll.visitor.click()
    yield "roll-call-visitor"
    roll._put_away()
    stand.audience = ""
    window.show_banner("op.screen.lost_banner")
    window._show_frame()
    yield "roll-call-screen-lost"
    stand.audience = "投影仪"
    window.show_banner("")
    window._show_frame()


def _play(stand: Stand, window: OperatorWindow) -> Iterator[str]:
    window.go(PageName.PLAY)
    view = page(window, PageName.PLAY, PlayPage)
    assert isinstance(view, PlayPage)
    yield "play-before"
    roll = page(window, PageName.ROLL_CALL, RollCallPage)
    assert isinstance(roll, RollCallPage)
    roll.presenter.start_playing()
    view.presenter.main()
    stand.player.observe(PlayerEvent.PLAYING)
    stand.player.run(60_000, 5_000)
    yield "play"
    stand.playback.seek_by(10_000)
    stand.playback.step_rate(+1)
    yield "play-sought"
    stand.playback.toggle_black()
    yield "play-black"
    stand.playback.toggle_black()
    view.presenter.toggle_drawer()
    yield "play-late"
    view.presenter.toggle_drawer()
    for state in _handout(view.handouts, view.handout):
        yield f"play-handout-{state}"
    stand.playback.arm(+1)
    yield "play-armed"
    stand.playback.pause()
    view.end.click()
    yield "play-stop-asked"
    view.presenter.no()
    window.close()
    yield "quit-asked"
    window.quit_question.hide()
    view.presenter.end_playing()
    view.presenter.yes()


def _after(stand: Stand, window: OperatorWindow) -> Iterator[str]:
    window.go(PageName.DISCUSS)
    discuss = page(window, PageName.DISCUSS, DiscussPage)
    assert isinstance(discuss, DiscussPage)
    yield "discuss"
    discuss.toggle.click()
    discuss.presenter.keep_note("大家关心化肥补贴什么时候到账，村里月底前答复。")
    discuss.presenter.keep_note("三组想再看一遍第二讲。")
    yield "discuss-shown"
    for state in _handout(discuss.handouts, discuss.handout):
        yield f"discuss-handout-{state}"
    discuss.finish.click()
    close = page(window, PageName.CLOSE, ClosePage)
    assert isinstance(close, ClosePage)
    yield "close"
    close.sheet.open(PersonId("p1"))
    yield "close-sheet"
    close.sheet.presenter.write()
    yield "close-late-entry"
    close.sheet.presenter.put_away()
    close.presenter.confirm()
    yield "close-few-asked"
    close.presenter.was_not_held()
    yield "close-why-not-held"
    close.presenter.close()
    window.go(PageName.CLOSE)
    yield "closed"
    window.go(PageName.RECORDS)
    yield "records"
    records = page(window, PageName.RECORDS, RecordsPage)
    assert isinstance(records, RecordsPage)
    records.sheet.open(PersonId("p1"))
    yield "records-late-entry"
    records.sheet.presenter.put_away()
    yield from _books(records)
    window.show_sync(stand.opened.station.today.sync_view())
    window.go(PageName.SENDING)
    yield "sending-waiting"
    window.go(PageName.TODAY)
    yield "today-after"


def _books(records: RecordsPage) -> Iterator[str]:
    """Each of the month's forms, and the sheet "which ones?"."""
    records.books.buttons["month"].click()
    shelf = records.shelf
    assert shelf is not None
    for form in shelf.presenter.state.forms:
        shelf.presenter.choose(form.file_name)
        yield f"books-{form.name}"
    shelf.presenter.ask_behind(tuple(one.session.id for one in records.presenter.state.rows))
    yield "books-behind"
    shelf.presenter.put_away()
    yield from _devices(shelf)


def _devices(shelf: BookShelf) -> Iterator[str]:
    """The register of equipment: empty, a new device, one with a fault."""
    shelf.devices.click()
    sheet = shelf.equipment
    assert sheet is not None
    yield "books-devices-none"
    sheet.new.click()
    yield "books-device-new"
    told = DeviceEntry("投影仪", "EB-X05", "3LCD，3300 流明", "1", "2021-03", "学习室柜子", "丁一")
    sheet.presenter.save(told)
    sheet.presenter.choose(sheet.presenter.state.devices[0])
    yield "books-device"
    sheet.presenter.tell_fault("灯泡不亮")
    yield "books-devices"
    sheet.presenter.choose(sheet.presenter.state.devices[0])
    yield "books-device-broken"
    sheet.put_away()


def session_of(stand: Stand) -> SessionId:
    """The session in hand."""
    session = stand.room.session_id()
    assert session is not None
    return session


def settled(app: QApplication) -> None:
    """Let layouts and repaints come to rest."""
    for _ in range(3):
        app.processEvents()


# --- the member's screen ---------------------------------------------------------------


def member_states() -> tuple[tuple[str, MemberState], ...]:
    """The sign-in screen in every state of its design, with full rooms and long names."""
    known = MemberState(
        scene=Scene.KEYPAD,
        site_name=SITE,
        title="十一月集中学习",
        starts_at="19:30",
        arrived=137,
        expected=180,
        visitors=12,
        recent=("陈桂英", *LONG),
    )
    people = tuple(
        MemberTile(
            PersonId(f"p{n}"),
            (*LONG, "陈平")[n % 5],
            "二组，1955 年生" if n % 3 else "",
            n % 4 == 0,
        )
        for n in range(112)
    )
    shown = [
        ("not-open", replace(known, scene=Scene.NOT_OPEN)),
        ("first", replace(known, recent=(), arrived=0, visitors=0)),
        ("keypad", known),
        ("typing", replace(known, digits="62")),
        ("clearing", replace(known, digits="621", clearing=True)),
        ("choose-two", replace(known, scene=Scene.CHOOSE, choices=people[:2])),
        ("choose-five", replace(known, scene=Scene.CHOOSE, choices=people[:5])),
        ("names", replace(known, scene=Scene.NAMES, choices=people, heading="二组")),
        (
            "names-few",
            replace(known, scene=Scene.NAMES, choices=people[:18], by_surname=True, heading="欧阳"),
        ),
        ("over", replace(known, scene=Scene.OVER)),
    ]
    confirmed = MemberTile(PersonId("x"), "陈桂英", "二组，1955 年生")
    shown.append(("confirm", replace(known, scene=Scene.CONFIRM, person=confirmed)))
    shown += [
        (
            f"confirm-long-{number}",
            replace(known, scene=Scene.CONFIRM, person=replace(confirmed, name=name)),
        )
        for number, name in enumerate(LONG, 1)
    ]
    shown += [
        (
            f"told-{kind.value}",
            replace(known, told=_told(kind)),
        )
        for kind in SignInResult
    ]
    return tuple(shown)


def _told(kind: SignInResult) -> ResultCard:
    """A card as the presenter would say it."""
    sentences = {
        SignInResult.SUCCESS: say("member.success"),
        SignInResult.ALREADY: say("member.already", first_at="08:52"),
        SignInResult.TROUBLE: say_error(StationTrouble("trouble.store_failed")),
    }
    headlines = {
        SignInResult.SUCCESS: LONG[0],
        SignInResult.ALREADY: LONG[1],
        SignInResult.NOT_FOUND: say("member.not_found"),
        SignInResult.NOT_ME: say("member.not_me"),
        SignInResult.HELP_COMES: say("member.help_comes"),
    }
    sentence = sentences.get(kind) or say(f"member.{kind.value}_hint")
    note = say("member.in_room", count=137) if kind is SignInResult.SUCCESS else ""
    return ResultCard(kind, sentence, headlines.get(kind, ""), note)
