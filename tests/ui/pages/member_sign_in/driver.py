"""A real station for the sign-in screen, jobs that run at once or wait, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from app.areas.attendance.views import SignInDone, UndoDone
from app.areas.sessions.views import SessionView
from app.domain.errors import UserError
from app.domain.ids import SessionId
from app.usecases.station import Station
from ui.input.key_runs import Stop
from ui.pages.member_sign_in.presenter import MemberPresenter
from ui.state.sign_in_result import SignInResult

T = TypeVar("T")
SITE = "松岭村学习点"


@dataclass(slots=True)
class JobsAtOnce:
    """Runs store jobs on this thread; with ``held`` they wait until ``run_all``."""

    held: bool = False
    waiting: list[Callable[[], None]] = field(default_factory=list)
    owners: list[object | None] = field(default_factory=list)

    def store(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        owner: object | None = None,
    ) -> None:
        def run() -> None:
            try:
                value = job()
            except UserError as said:
                failed(said)
            else:
                done(value)

        self.owners.append(owner)
        if self.held:
            self.waiting.append(run)
        else:
            run()

    def net(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        owner: object | None = None,
    ) -> None:
        self.store(job, done, failed, owner)

    def store_call(self, job: Callable[[], object]) -> object:
        return job()

    def is_closing(self) -> bool:
        return False

    def run_all(self) -> None:
        waiting, self.waiting = self.waiting, []
        for run in waiting:
            run()


@dataclass(slots=True)
class HandClock:
    """Calls what is due when the test lets time pass."""

    now_ms: int = 0
    due: list[tuple[int, Callable[[], None]]] = field(default_factory=list)

    def __call__(self, ms: int, call: Callable[[], None]) -> Stop:
        entry = (self.now_ms + ms, call)
        self.due.append(entry)

        def stop() -> None:
            if entry in self.due:
                self.due.remove(entry)

        return stop

    def pass_ms(self, ms: int) -> None:
        end = self.now_ms + ms
        while ready := [one for one in self.due if one[0] <= end]:
            first = min(ready, key=lambda one: one[0])
            self.due.remove(first)
            self.now_ms = first[0]
            first[1]()
        self.now_ms = end


@dataclass(slots=True)
class RecordingHost:
    """Whom the sign-in screen tells what happened there."""

    signed: list[SignInDone] = field(default_factory=list)
    undid: list[UndoDone] = field(default_factory=list)
    results: list[SignInResult] = field(default_factory=list)
    helped: list[bool] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)

    def signed_in(self, done: SignInDone) -> None:
        self.signed.append(done)

    def undone(self, done: UndoDone) -> None:
        self.undid.append(done)

    def heard(self, result: SignInResult) -> None:
        self.results.append(result)

    def help_wanted(self) -> None:
        self.helped.append(True)

    def scan(self, code: str) -> None:
        self.cards.append(code)


def prepared(station: Station) -> SessionView:
    """Tonight's planned session, prepared."""
    return station.sessions.prepare(station.today.overview().plans[0].id)


def opened(station: Station) -> SessionView:
    """Tonight's planned session with sign-in open."""
    return station.sessions.open_sign_in(prepared(station).session.id)


def type_digits(presenter: MemberPresenter, digits: str) -> None:
    """Press these digits one after another."""
    for digit in digits:
        presenter.press(digit)


def present_names(station: Station, session: SessionId) -> list[str]:
    """Who is present by the record."""
    return [card.name for card in station.sessions.show(session).cards if card.status == "present"]
