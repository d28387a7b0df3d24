"""Questions to members in every look: nothing cut, fingers have their room, nothing scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.tests_of_courses.question_pack import PackQuestion, QuestionKind
from app.areas.tests_of_courses.verbs import BegunTest
from app.words import speak
from tests.areas.tests_of_courses.packs import QUESTIONS
from tests.ui.audit.measuring.faults import member_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.states import settled
from ui.parts.asking.presenter import Asker
from ui.parts.asking.state import Answers, AskingState
from ui.parts.asking.view import AskingView
from ui.parts.room_asks.course_tests import asked_test
from ui.parts.room_asks.needs import asked_needs
from ui.parts.room_asks.ratings import asked_faces
from ui.theme import look
from ui.theme.tokens import InterfaceSize

LONG = PackQuestion(
    QuestionKind.MULTIPLE,
    "中国共产党党员必须履行的义务里，下面哪几项是党章第一章第三条写明的？请把写明的都选上。",
    tuple(
        f"第{n}项：认真学习马克思列宁主义和习近平新时代中国特色社会主义思想" for n in range(1, 7)
    ),
    (0, 1),
)
SCREENS = [(1366, 708, 0.252), (1920, 1020, 0.2745)]


class KeptAtOnce(Asker):
    """Everything is durable at once, or nothing is."""

    def __init__(self, *, fails: bool = False) -> None:
        self.kept: list[Answers] = []
        self.fails = fails

    def keep(self, answers: Answers, kept: Callable[[], None], failed: Callable[[], None]) -> None:
        if self.fails:
            failed()
        else:
            self.kept.append(answers)
            kept()


def states() -> Iterator[AskingState]:
    """What members are asked: faces, the survey, a test with a long question."""
    yield asked_faces("冬季果树管理")
    yield asked_needs()
    questions = (*QUESTIONS, LONG)
    yield asked_test("买买提·吐尔逊", "党章知识", BegunTest(questions, ((),) * 5, 0, 0))


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    yield
    speak("zh")
    look.apply_look(qapp, InterfaceSize.STANDARD)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", list(InterfaceSize))
@pytest.mark.parametrize(("width", "height", "pitch_mm"), SCREENS)
def test_no_question_has_a_fault(
    qapp: QApplication,
    qtbot: QtBot,
    language: str,
    size: InterfaceSize,
    width: int,
    height: int,
    pitch_mm: float,
) -> None:
    speak(language)
    look.apply_look(qapp, size, width=width, lines=height + 60)
    found: list[str] = []
    for state in states():
        holder = QWidget()
        holder.setFixedSize(width, height)
        view = AskingView(state, KeptAtOnce(), pitch_mm=pitch_mm, parent=holder)
        view.resize(width, height)
        qtbot.addWidget(holder)
        holder.show()
        holder.activateWindow()
        while not view.presenter.state.is_over:
            question = view.presenter.state.question
            view.presenter.touch(len(question.options) - 1)
            settled(qapp)
            for fault in screen_faults(view, member_floors(pitch_mm), set()):
                found.append(f"{question.text[:12]}: {fault}")
            if view.minimumSizeHint().height() > height:
                found.append(f"{question.text[:12]}: wants {view.minimumSizeHint().height()} px")
            view.presenter.go_on()
    assert not found, "\n".join(dict.fromkeys(found))


def test_thanks_are_said_only_for_what_is_kept(qtbot: QtBot) -> None:
    asker = KeptAtOnce(fails=True)
    view = AskingView(asked_faces("课"), asker, pitch_mm=0.25)
    qtbot.addWidget(view)
    view.presenter.touch(2)
    assert not view.presenter.state.is_over
    assert not view.presenter.state.is_waiting
    asker.fails = False
    view.presenter.touch(2)
    assert view.presenter.state.is_over
    view.presenter.touch(1)
    assert asker.kept == [((2,),)], "during the thanks nothing counts"


def test_an_order_is_told_by_touching_and_taken_back_by_touching_again(qtbot: QtBot) -> None:
    state = asked_test("陈平", "党章知识", BegunTest(QUESTIONS[3:], ((),), 0, 0))
    view = AskingView(state, KeptAtOnce(), pitch_mm=0.25)
    qtbot.addWidget(view)
    for place in (2, 0, 1, 0):
        view.presenter.touch(place)
    assert view.presenter.state.chosen == (2, 1)
