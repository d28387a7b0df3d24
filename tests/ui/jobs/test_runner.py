"""The lanes: order, one thread each, answers on the GUI thread, an honest end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.errors import LinkTrouble, Refusal, UserError
from ui.jobs.runner import JobRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


def fail(said: UserError) -> None:
    raise AssertionError(said)


def test_store_jobs_run_one_after_another_on_one_foreign_thread(
    qtbot: QtBot, runner: JobRunner
) -> None:
    threads: list[int] = []
    answers: list[int] = []
    gui: list[bool] = []

    def job(number: int) -> int:
        threads.append(threading.get_ident())
        return number

    def done(number: int) -> None:
        answers.append(number)
        gui.append(threading.current_thread() is threading.main_thread())

    for number in range(50):
        runner.store(lambda number=number: job(number), done, fail)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answers) == 50)
    assert answers == list(range(50))
    assert len(set(threads)) == 1
    assert threads[0] != threading.main_thread().ident
    assert all(gui)


def test_a_refusal_reaches_failed_as_it_is(qtbot: QtBot, runner: JobRunner) -> None:
    heard: list[UserError] = []

    def job() -> None:
        raise Refusal("refusal.no_plan")

    runner.store(job, lambda _none: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].key == "refusal.no_plan"


@pytest.mark.logs_warnings
def test_an_unknown_fault_becomes_one_apology_and_a_log_entry(
    qtbot: QtBot, runner: JobRunner, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[UserError] = []

    def job() -> None:
        raise ZeroDivisionError("secret detail")

    with caplog.at_level(logging.ERROR, "ui.jobs.runner"):
        runner.store(job, lambda _none: None, heard.append)
        qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].key == "op.apology"
    assert "secret detail" in caplog.text


def test_a_destroyed_owner_hears_nothing(qtbot: QtBot, runner: JobRunner) -> None:
    gate = threading.Event()
    heard: list[str] = []
    owner = QObject()
    runner.store(gate.wait, lambda _none: heard.append("owner"), fail, owner)
    runner.store(lambda: None, lambda _none: heard.append("other"), fail)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: "other" in heard)
    assert heard == ["other"]


def test_an_answer_for_a_widget_that_was_let_go_meanwhile_is_no_fault(
    qtbot: QtBot, runner: JobRunner
) -> None:
    label, heard = QLabel(), list[int]()

    def show(number: int) -> None:
        heard.append(number)
        label.setNum(number)

    runner.store(lambda: 1, show, fail)
    shiboken6.delete(label)
    qtbot.waitUntil(lambda: heard == [1])


def test_the_net_lane_may_wait_on_the_store_lane(qtbot: QtBot, runner: JobRunner) -> None:
    heard: list[object] = []
    runner.net(lambda: runner.store_call(lambda: 42), heard.append, fail)
    qtbot.waitUntil(lambda: heard == [42])


def test_close_drains_the_store_and_runs_the_last_job_after_everything(qtbot: QtBot) -> None:
    runner = JobRunner()
    order: list[str] = []
    gate = threading.Event()
    runner.store(gate.wait, lambda _none: None, fail)
    for name in ("one", "two"):
        runner.store(lambda name=name: order.append(name), lambda _none: None, fail)  # type: ignore[misc]
    gate.set()
    runner.close(last=lambda: order.append("checkpoint"))
    assert order == ["one", "two", "checkpoint"]
    runner.store(lambda: order.append("late"), lambda _none: None, fail)
    assert order == ["one", "two", "checkpoint"]


def test_a_long_net_job_sees_the_cancel_and_is_refused_the_closed_store(qtbot: QtBot) -> None:
    runner = JobRunner()
    begun, seen = threading.Event(), threading.Event()
    refused: list[str] = []

    def job() -> None:
        begun.set()
        while not runner.is_closing():
            pass
        seen.set()

    runner.net(job, lambda _none: None, fail)
    assert begun.wait(5)
    runner.close()
    assert seen.is_set()
    with pytest.raises(LinkTrouble) as told:
        runner.store_call(lambda: refused.append("never"))
    assert told.value.key == "op.closing"
    assert refused == []
