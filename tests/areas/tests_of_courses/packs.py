"""A sealed pack with a question of each kind, as a centre would publish it."""

from __future__ import annotations

from app.areas.tests_of_courses.question_pack import (
    PackContent,
    PackKey,
    PackQuestion,
    QuestionKind,
    QuestionPack,
)
from app.store.station_store import StationStore
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from app.wire.sealed_packs import seal_pack, spelled

QUESTIONS = (
    PackQuestion(
        QuestionKind.SINGLE, "党的根本宗旨是什么？", ("全心全意为人民服务", "发展经济"), (0,)
    ),
    PackQuestion(
        QuestionKind.MULTIPLE,
        "哪些是“三会一课”里的会？",
        ("支部党员大会", "支委会", "党课"),
        (0, 1),
    ),
    PackQuestion(QuestionKind.TRUE_FALSE, "预备党员有表决权。", ("对", "错"), (1,)),
    PackQuestion(QuestionKind.ORDER, "按先后排：", ("申请入党", "积极分子", "预备党员"), (0, 1, 2)),
)
RIGHT = ((0,), (1, 0), (1,), (0, 1, 2))
PACK = "t-one"
KEY = spelled(b"0123456789")


def sealed_pack() -> QuestionPack:
    """The row that everybody gets."""
    content = write_row(PackContent(QUESTIONS))
    sealed = seal_pack(PACK, KEY, content, b"n" * 12)
    return QuestionPack(PACK, "党章知识", "2026-11-26 19:30", len(QUESTIONS), sealed)


def send(store: StationStore, *, with_key: bool = True) -> None:
    """Have the rows come from the centre."""
    pack = sealed_pack()
    rows = [FeedRow("question_pack", PACK, 1, write_row(pack))]
    if with_key:
        rows.append(FeedRow("pack_key", PACK, 2, write_row(PackKey(PACK, pack.name, KEY))))
    page = FeedPage("catalogue", len(rows), tuple(rows))
    store.apply_page(page)
