"""Who has been through a class: by all of its batches, whoever completed one of them is done."""

from __future__ import annotations

from app.areas.classes.completion import CompletionLine, not_through
from app.areas.classes.progress import ClassProgress


def line(person: str, *sessions: str, done: bool = False) -> ClassProgress:
    return ClassProgress(person, 2, sessions, 0, 0, done)


def test_one_completed_batch_is_enough_and_order_is_kept() -> None:
    batches = {
        "第一期": (line("p2", "s1"), line("p1", "s1")),
        "第二期": (line("p2", "s3", "s4", done=True), line("p1", "s3"), line("p3")),
    }
    assert not_through(("p9", "p1", "p2", "p1", "p3"), batches) == (
        CompletionLine("p9", (), ()),
        CompletionLine("p1", ("第一期", "第二期"), ("s1", "s3")),
        CompletionLine("p3", ("第二期",), ()),
    )
