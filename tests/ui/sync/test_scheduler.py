"""When the station talks to the centre: never earlier than asked, never all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication

from app.bootstrap import OpenStation
from app.domain.errors import LinkTrouble, MediaTrouble
from app.usecases.exchange import Enrolment
from app.usecases.station import Station
from app.usecases.sync_once import SyncOnce, SyncOutcome
from app.usecases.tools import Tools
from app.usecases.views import SyncState
from app.wire.messages import ExchangeAnswer, ExchangeRequest
from app.wire.signing import public_key_of
from tests.support.port_centre import KEY, STATION, Handler, PortCentre
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock
from tests.ui.inline_jobs import InlineJobs
from tests.ui.operator_driver import sample_course
from ui.sync.scheduler import (
    AFTER_LONG_MS,
    BACKOFF_FIRST_MS,
    BACKOFF_MOST_MS,
    CALM_JITTER,
    CALM_MS,
    FACT_DEBOUNCE_MS,
    LONG_SILENCE_MS,
    MOST_ASKED_S,
    SyncScheduler,
    asked_to_wait_s,
    backoff_ms,
    first_wait_ms,
)

ONLINE = QNetworkInformation.Reachability.Online
SLACK_MS = 500


@dataclass
class Watched:
    """A beat on a real station with a centre at the port; the test moves the monotonic clock."""

    opened: OpenStation
    centre: PortCentre
    enrolled: bool = True
    now_ms: int = 1_000_000
    heard: list[object] = field(default_factory=list)
    parent: QObject = field(default_factory=QObject)

    def __post_init__(self) -> None:
        self.beat = self.another()

    def station(self) -> Station:
        tools = self.opened.station.tools
        enrolment = Enrolment(STATION, public_key_of(KEY), ("site:songling", "catalogue"))
        once = SyncOnce(tools, self.centre if self.enrolled else None, enrolment)
        return replace(self.opened.station, sync=once)

    def another(self) -> SyncScheduler:
        """A beat as a program that starts now has it."""
        made = SyncScheduler(
            self.station(),
            InlineJobs(),
            busy_playing=lambda: False,
            mono=lambda: self.now_ms,
            parent=self.parent,
        )
        made.changed.connect(self.heard.append)
        return made

    def left_ms(self, beat: SyncScheduler | None = None) -> int:
        return (beat or self.beat)._timer.remainingTime()

    @property
    def asked(self) -> int:
        return len(self.centre.asked)


@pytest.fixture
def watched(opened: OpenStation, qapp: QApplication) -> Iterator[Watched]:
    made = Watched(opened, PortCentre())
    yield made
    # The program's end deletes the beat; a timer that outlived the station would ask a closed one.
    shiboken6.delete(made.parent)


def busy(asked_s: object) -> Handler:
    """A centre that is busy and says for how long it wants to be left alone."""

    def refuse(_centre: PortCentre, _request: ExchangeRequest) -> ExchangeAnswer:
        raise LinkTrouble("link.later", number=101, retry_after_s=asked_s)

    return refuse


def test_nothing_asks_a_busy_centre_earlier_than_it_wants(watched: Watched) -> None:
    watched.centre.script = [busy(240)]
    assert watched.beat.now()
    assert watched.asked == 1
    assert 240_000 - SLACK_MS <= watched.left_ms() <= 360_000
    watched.beat.fact_made()
    watched.beat.on_reachability(ONLINE)
    assert watched.left_ms() >= 240_000 - SLACK_MS
    watched.now_ms += 239_000
    assert not watched.beat.now(), "the button neither"
    assert watched.asked == 1
    assert 0 < watched.left_ms() <= 1_000, "but then it is tried at once"
    watched.now_ms += 1_001
    assert watched.beat.now()
    assert watched.asked >= 2
    assert watched.beat.held_back_ms() == 0


def test_those_a_busy_centre_sent_away_do_not_come_back_together(watched: Watched) -> None:
    waits = []
    for _ in range(40):
        watched.centre.script = [busy("60")]
        watched.now_ms += 10**7
        watched.beat.now()
        watched.beat._failures = 0
        waits.append(watched.left_ms())
    assert min(waits) >= 60_000 - SLACK_MS
    assert max(waits) <= 90_000
    assert max(waits) - min(waits) > 10_000


@pytest.mark.parametrize(
    ("said", "seconds"),
    [(90, 90), ("90", 90), (0, 0), ("", 0), ("soon", 0), ("-5", 0), ("²", 0), (10**9, 3_600)],
)
def test_what_the_centre_asks_for_is_read_carefully(said: object, seconds: int) -> None:
    assert asked_to_wait_s(LinkTrouble("link.later", retry_after_s=said)) == seconds
    assert asked_to_wait_s(LinkTrouble("link.offline")) == 0
    assert asked_to_wait_s(None) == 0


@given(st.integers(0, 60), st.floats(0, 1), st.integers(0, MOST_ASKED_S))
def test_the_wait_is_random_bounded_and_never_shorter_than_asked(
    failures: int, chance: float, asked_s: int
) -> None:
    wait = backoff_ms(failures, chance, asked_s)
    assert wait >= max(1_000, asked_s * 1000)
    assert wait <= max(BACKOFF_MOST_MS, asked_s * 1500)


@given(st.floats(0, 1, exclude_max=True))
def test_after_a_long_silence_the_first_try_is_anywhere_in_two_minutes(chance: float) -> None:
    assert first_wait_ms(None, chance) == BACKOFF_FIRST_MS
    assert first_wait_ms(60_000, chance) == BACKOFF_FIRST_MS
    for silent in (LONG_SILENCE_MS, 10**10, -1):
        wait = first_wait_ms(silent, chance)
        assert 1_000 <= wait <= 1_000 + AFTER_LONG_MS
        assert abs(wait - 1_000 - AFTER_LONG_MS * chance) <= 1


def test_a_program_that_starts_after_two_days_does_not_hurry(
    watched: Watched, clock: SetClock
) -> None:
    assert watched.beat.now()
    soon = watched.another()
    soon.start()
    assert 0 < watched.left_ms(soon) <= BACKOFF_FIRST_MS
    clock.pass_minutes(2 * 24 * 60)
    waits = []
    for _ in range(30):
        late = watched.another()
        late.start()
        waits.append(watched.left_ms(late))
    assert max(waits) <= AFTER_LONG_MS + 1_000
    assert max(waits) - min(waits) > 20_000, "each somewhere else"


def test_a_network_that_returns_after_a_long_silence_is_not_rushed_either(
    watched: Watched,
) -> None:
    assert watched.beat.now()
    watched.beat.on_reachability(ONLINE)
    assert watched.left_ms() <= 3_000
    watched.now_ms += LONG_SILENCE_MS
    waits = []
    for _ in range(30):
        watched.beat.on_reachability(ONLINE)
        waits.append(watched.left_ms())
    assert max(waits) > 10_000
    assert max(waits) <= AFTER_LONG_MS + 1_000


def test_a_round_asked_for_while_one_runs_follows_it_but_not_against_the_centres_wish(
    watched: Watched,
) -> None:
    def ask_again(centre: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
        assert watched.beat.now()
        return centre.honest(request)

    watched.centre.script = [ask_again]
    watched.beat.now()
    assert watched.left_ms() <= 1

    def ask_and_refuse(_centre: PortCentre, _request: ExchangeRequest) -> ExchangeAnswer:
        assert watched.beat.now()
        raise LinkTrouble("link.later", retry_after_s=30)

    watched.centre.script = [ask_and_refuse]
    watched.beat.now()
    assert watched.left_ms() >= 30_000 - SLACK_MS


def test_a_course_that_can_not_be_fetched_does_not_hold_the_record_back(
    watched: Watched, tmp_path: Path
) -> None:
    sample_course(watched.opened, tmp_path, whole=False)
    watched.beat.now()
    assert watched.centre.fetched, "it was tried"
    session = begin(watched.opened)
    sign_in(watched.opened, session, 1)
    watched.beat.fact_made()
    assert watched.left_ms() <= FACT_DEBOUNCE_MS
    assert watched.beat.view(watched.opened.station.today.sync_view()).reason == ""


def test_the_view_says_why_and_when_and_that_a_round_runs(watched: Watched) -> None:
    session = begin(watched.opened)
    sign_in(watched.opened, session, 1)
    seen = []

    def look(centre: PortCentre, request: ExchangeRequest) -> ExchangeAnswer:
        seen.append(watched.beat.view(watched.opened.station.today.sync_view()))
        return centre.honest(request)

    watched.centre.script = [PortCentre.lost, look]
    watched.beat.now()
    view = watched.beat.view(watched.opened.station.today.sync_view())
    assert (view.state, view.reason) == (SyncState.WAITING, "link.offline")
    assert view.next_try_s is not None
    assert 1 <= view.next_try_s <= BACKOFF_FIRST_MS // 1000
    watched.beat.now()
    assert seen[0].state is SyncState.SENDING
    assert seen[0].next_try_s is None
    view = watched.beat.view(watched.opened.station.today.sync_view())
    assert (view.state, view.reason) == (SyncState.ALL_SENT, "")
    assert view.next_try_s is not None
    assert view.next_try_s > 60


def test_a_station_that_is_not_enrolled_says_so(opened: OpenStation, qapp: QApplication) -> None:
    watched = Watched(opened, PortCentre(), enrolled=False)
    watched.beat.now()
    read = replace(opened.station.today.sync_view(), state=SyncState.NOT_ENROLLED)
    view = watched.beat.view(read)
    assert view.state is SyncState.NOT_ENROLLED
    assert view.next_try_s is None, "nothing is counted down to"


# --- courses --------------------------------------------------------------------------------


@pytest.fixture
def told(watched: Watched) -> list[SyncOutcome]:
    """What the next rounds say of courses; records always get through."""
    said: list[SyncOutcome] = []

    def sync_once(**_how: object) -> SyncOutcome:
        return said.pop(0) if said else SyncOutcome(0, 0, 0, 0)

    watched.beat._station = cast("Station", Rounds(watched.station(), sync_once))
    return said


@dataclass
class Rounds:
    """A station whose rounds are told by the test."""

    real: Station
    run: Callable[..., SyncOutcome]

    @property
    def sync(self) -> Rounds:
        return self

    @property
    def tools(self) -> Tools:
        return self.real.tools


def about_course(key: str, *, arrived: int = 0, **values: object) -> SyncOutcome:
    trouble = LinkTrouble(key, **values) if key.startswith("link.") else MediaTrouble(key, **values)
    return SyncOutcome(0, 0, 0, 0, None, trouble, arrived)


def test_courses_go_on_at_once_while_they_come(watched: Watched, told: list[SyncOutcome]) -> None:
    told.append(SyncOutcome(0, 0, 0, 0, None, None, 5_000_000, goes_on=True))
    watched.beat.now()
    assert watched.left_ms() == 0


def test_only_tries_that_brought_nothing_make_the_wait_longer_and_records_do_not_care(
    watched: Watched, told: list[SyncOutcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.random", lambda: 1.0)
    waits = []
    for _ in range(6):
        told.append(about_course("link.offline", arrived=1_000))
        watched.beat.now()
        waits.append(watched.left_ms())
        watched.now_ms += 10_000_000
    assert max(waits) <= BACKOFF_FIRST_MS, "something came each time"
    for _ in range(8):
        told.append(about_course("link.offline"))
        watched.beat.now()
        waits.append(watched.left_ms())
        watched.beat.fact_made()
        assert watched.left_ms() <= FACT_DEBOUNCE_MS
        watched.now_ms += 10_000_000
    assert waits[6] <= waits[7] <= waits[9] <= CALM_MS * (1 + CALM_JITTER)
    assert watched.beat._failures == 0


def test_while_courses_rest_records_are_sent_and_a_hand_brings_both(
    watched: Watched, told: list[SyncOutcome]
) -> None:
    asked: list[bool] = []

    def sync_once(**how: object) -> SyncOutcome:
        asked.append(bool(how["courses"]))
        return about_course("link.later", retry_after_s=60) if len(asked) == 1 else told.pop(0)

    told += [SyncOutcome(0, 0, 0, 0)] * 4
    watched.beat._station = cast("Station", Rounds(watched.station(), sync_once))
    watched.beat.now()
    assert watched.beat.held_back_ms() == 0, "it asked for a pause of courses only"
    watched.beat.now()
    watched.beat.by_hand()
    watched.now_ms += 61_000
    watched.beat.by_hand()
    assert asked == [True, False, False, True]


@pytest.mark.parametrize("key", ["media.centre_lost", "media.centre_damaged"])
def test_what_is_wrong_at_the_centre_is_no_reason_to_come_sooner(
    key: str, watched: Watched, told: list[SyncOutcome]
) -> None:
    told.append(about_course(key, title="x"))
    watched.beat.now()
    assert watched.left_ms() >= CALM_MS * (1 - CALM_JITTER) - SLACK_MS


def test_what_is_more_urgent_than_a_course_is_known_on_any_thread(watched: Watched) -> None:
    assert not watched.beat._is_needed()
    watched.beat.is_sending = True
    watched.beat.now()
    assert watched.beat._is_needed(), "a record waits for the line"
