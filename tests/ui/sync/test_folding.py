"""While rows are folded anew the foot says so in one calm line, and never over another sentence."""

from __future__ import annotations

import re
from contextlib import closing

from app.areas.sessions.session import NotHeldReason
from app.store.engine import SQLITE
from app.words import say
from tests.ui.operator_driver import Stand
from ui.state.current_session import StatusLine
from ui.sync.folding import FoldingAnew

SESSIONS = 40


def test_the_foot_says_how_far_it_is_and_then_that_all_is_kept(stand: Stand) -> None:
    sessions = stand.opened.station.sessions
    for _ in range(SESSIONS):
        made = sessions.prepare_extra("学习", ()).session.id
        sessions.not_held(made, NotHeldReason.HARVEST, "")
    foot = stand.open_window().foot
    assert foot.words.text == say("op.line.none")
    with closing(SQLITE.connect(stand.opened.home / "station.db", isolation_level=None)) as other:
        other.execute("UPDATE projections SET folded_key = ''")
    told: list[str] = []

    def tell(text: str) -> None:
        assert stand.window is not None
        stand.window.show_idle(text)
        told.append(foot.words.text)

    FoldingAnew(stand.room, tell).begin()
    shares = [int(share) for text in told[:-1] for share in re.findall(r"(\d+)%", text)]
    assert len(shares) == len(told) - 1 > 1
    assert shares == sorted(shares)
    assert told[-1] == say("op.line.none")


def test_it_is_not_said_over_what_was_just_done(stand: Stand) -> None:
    window = stand.open_window()
    window.show_line(StatusLine("陈桂英已签到"))
    window.show_idle(say("op.line.folding", percent=30))
    assert window.foot.words.text == "陈桂英已签到"
    window.show_line(StatusLine())
    assert "30%" in window.foot.words.text
    window.show_idle("")
    assert window.foot.words.text == say("op.line.none")


def test_a_few_steps_are_not_worth_a_word(stand: Stand) -> None:
    told: list[str] = []
    FoldingAnew(stand.room, told.append).begin()
    assert told == []
