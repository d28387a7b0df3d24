"""Old stations talk to this centre, and this station to old centres: by the bytes they sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from litestar.testing import TestClient
from msgspec import structs

from app.bootstrap import OpenStation, open_station
from app.domain.errors import LinkTrouble
from app.machine.enrolment import load_enrolment
from app.usecases.views import SyncState
from app.wire.codec import read_receipt, unpack
from app.wire.messages import (
    EnrolAnswer,
    EnrolRequest,
    ExchangeAnswer,
    ExchangeRequest,
)
from app.wire.signing import ANSWER_LABEL, SIGNATURE_HEADER, from_header, public_key_of, verifies
from centre.settings import Settings
from centre.web.application import create_app
from tests.compat.releases import RELEASES, Exchange, Release, run_centre
from tests.compat.test_released_stores import told_by_centre

WHOLE = "*"
"""The segment name of the receipt that compares everything held."""


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> Release:
    """Each released version in turn."""
    return Release(str(request.param))


def answer_of(exchange: Exchange, centre_key: bytes) -> ExchangeAnswer:
    """A recorded or a new answer, read as today's station reads it."""
    nonce = unpack(exchange.body, ExchangeRequest).nonce
    signature = from_header(exchange.answer_headers[SIGNATURE_HEADER])
    assert verifies(centre_key, signature, ANSWER_LABEL, nonce, exchange.answer)
    answer = unpack(exchange.answer, ExchangeAnswer)
    assert answer.nonce == nonce
    return answer


def confirmed(answer: ExchangeAnswer) -> dict[str, tuple[int, bytes, str]]:
    """What the receipts say of each segment."""
    receipts = [read_receipt(one.receipt) for one in answer.receipts]
    return {
        one.segment: (one.upto_n, one.upto_hash, one.status)
        for one in receipts
        if one.segment != WHOLE
    }


def brought(answer: ExchangeAnswer) -> set[tuple[str, str, str]]:
    """Scope, kind and key of the feed rows."""
    return {(page.scope, row.kind, row.key) for page in answer.pages for row in page.rows}


@pytest.mark.logs_warnings  # the films are left out of the fixtures
def test_requests_of_an_old_station_are_answered_as_they_were(
    release: Release, tmp_path: Path
) -> None:
    home = release.unpack("centre-enrolled", tmp_path / "centre")
    key = public_key_of(bytes.fromhex((home / "centre.key").read_text(encoding="ascii")))
    recorded = release.exchanges()
    assert [one.status for one in recorded] == [200] * 4
    with TestClient(create_app(Settings(home))) as client:
        for one in recorded:
            got = client.post(one.target, content=one.body, headers=one.headers)
            assert got.status_code == 200
            new = replace(one, answer=got.content, answer_headers=dict(got.headers))
            old_answer, new_answer = answer_of(one, key), answer_of(new, key)
            assert confirmed(new_answer) == confirmed(old_answer)
            assert brought(new_answer) == brought(old_answer)
    reported = told_by_centre(run_centre(home, "report"))
    assert reported == told_by_centre(release.expected()["report"])


@dataclass(slots=True)
class OldCentre:
    """Gives the recorded answers in their order; implements ``app.ports.link.Link``."""

    answers: list[ExchangeAnswer]
    asked: list[ExchangeRequest] = field(default_factory=list)

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return structs.replace(answer, nonce=request.nonce)

    def fetch(self, sha256: str, start: int, end: int | None = None) -> Iterator[bytes]:
        raise LinkTrouble("link.offline", file=sha256, start=start, end=end or 0)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        raise LinkTrouble("link.offline", machine=request.machine)

    def close(self) -> None:
        return


def synced(opened: OpenStation, centre: OldCentre) -> None:
    """One round of exchanges with the old centre."""

    def lane(job: Callable[[], object]) -> object:
        return job()

    sync = replace(opened.station.sync, link=centre)
    outcome = sync.run(store_lane=lane, cancelled=lambda: False, courses=False)
    assert outcome.trouble is None


def recorded_answers(release: Release, home: Path) -> list[ExchangeAnswer]:
    """All four recorded answers, each with a good signature."""
    enrolled = load_enrolment(home)
    assert enrolled is not None
    return [answer_of(one, enrolled.centre_key) for one in release.exchanges()]


def test_answers_of_an_old_centre_confirm_what_was_sent(release: Release, tmp_path: Path) -> None:
    home = release.unpack("station", tmp_path / "station")
    centre = OldCentre(recorded_answers(release, home)[2:])
    opened = open_station(home)
    try:
        assert opened.station.today.sync_view().waiting == 35
        synced(opened, centre)
        view = opened.station.today.sync_view()
        assert (view.state, view.waiting, view.confirmed) == (SyncState.ALL_SENT, 0, 35)
    finally:
        opened.close()
    sent = [fact for request in centre.asked for run in request.runs for fact in run.facts]
    recorded = [unpack(one.body, ExchangeRequest) for one in release.exchanges()]
    assert sent == [fact for one in recorded for run in one.runs for fact in run.facts]


def test_a_new_station_reads_the_feeds_of_an_old_centre(release: Release, tmp_path: Path) -> None:
    home = release.unpack("station", tmp_path / "station")
    (home / "station.db").unlink()
    (home / "station.db.seal").unlink()
    shutil.rmtree(home / "journal")
    centre = OldCentre(recorded_answers(release, home)[:2])
    opened = open_station(home)
    try:
        synced(opened, centre)
        with opened.station.tools.store.read() as reading:
            assert len(reading.people_called("陈平")) == 2
        today = opened.station.today.overview()
        assert today.site_name == "松岭村学习点"
        assert [one.course.title for one in opened.station.courses.all()] == ["果树修剪"]
    finally:
        opened.close()
