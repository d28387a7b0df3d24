"""What a fact's declaration says of it: which of its fields hold an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from app.domain import bounds
from app.domain.fact_kinds import KINDS, Fact, id_fields
from app.domain.ids import PersonId
from app.wire.decode import has_lawful_ids

WishId = NewType("WishId", str)


@dataclass(frozen=True, slots=True)
class WishOpened(Fact):
    """A new kind of fact, with an id of its own."""

    wish: WishId
    wanted: str
    asked_by: PersonId | None = None


def test_a_new_fact_says_by_its_types_which_fields_hold_an_id() -> None:
    assert id_fields(WishOpened) == ("wish", "asked_by")
    assert has_lawful_ids(WishOpened(WishId("w1"), "电影" * 100))
    too_long = "w" * (bounds.ID + 1)
    assert not has_lawful_ids(WishOpened(WishId(too_long), "电影"))
    assert not has_lawful_ids(WishOpened(WishId("w1"), "电影", PersonId(too_long)))
    assert not has_lawful_ids(WishOpened(WishId(""), "电影"))


def test_the_ids_of_all_kinds_are_bounded() -> None:
    named = {"session", "person", "play", "course", "target", "plan"}
    for kind, cls in KINDS.items():
        fields = {*cls.__dataclass_fields__} & named
        assert fields <= {*id_fields(cls)}, kind
