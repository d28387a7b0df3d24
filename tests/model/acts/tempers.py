"""What kind of bad luck a history has: many mild ones hide a bug less than one mixed of all."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Temper:
    """Figures are of a hundred steps (``rounds``, ``nemeses``, ``office``) or of a hundred chances;
    ``looks`` is how often a PC's receipts are held against the truth after a round.

    ``weights`` say how often each nemesis comes among all; those not named never come.
    """

    name: str
    stations: int = 2
    rounds: float = 13.0
    nemeses: float = 8.0
    office: float = 6.0
    post_faults: int = 20
    kills: float = 4.0
    disk_errors: float = 0.8
    looks: float = 25.0
    weights: dict[str, float] = field(default_factory=dict)


_ALWAYS = {
    "restart": 3.0,
    "plug": 1.5,
    "late_request": 3.0,
    "clock": 1.5,
    "backup": 1.0,
    "idle": 1.0,
}

TEMPERS = (
    Temper("calm", nemeses=4.0, weights=_ALWAYS),
    Temper("failing disk", stations=1, disk_errors=8.0, kills=6.0, weights=_ALWAYS),
    Temper("put back", weights=_ALWAYS | {"keep": 3, "put_back": 3, "store_back": 1.5, "again": 3}),
    Temper(
        "cloned",
        stations=1,
        weights=_ALWAYS | {"clone": 1.5, "keep": 1, "put_back": 0.5, "again": 1, "twin": 0.3},
    ),
    Temper("lost", weights=_ALWAYS | {"delete": 1, "delete_all": 1, "replace": 0.5}),
    Temper("centre put back", weights=_ALWAYS | {"centre_keep": 3, "centre_back": 1.5}),
    Temper("sticks", rounds=6.0, nemeses=16.0, weights=_ALWAYS | {"export": 6, "bring": 5,
           "visit": 5, "mix": 3, "spoil": 2}),
    Temper("old programs", stations=3, weights=_ALWAYS | {"old_program": 3, "keep": 1,
           "put_back": 1}),
    Temper("shut out", weights=_ALWAYS | {"shut_out": 1.5, "let_back": 2.0, "second_pc": 1.0}),
    Temper(
        "everything",
        stations=3,
        nemeses=10.0,
        weights=_ALWAYS
        | {
            "keep": 2, "put_back": 1.5, "again": 1, "store_back": 1, "clone": 0.4, "twin": 0.15,
            "delete": 0.4, "delete_all": 0.4, "replace": 0.2, "centre_keep": 2, "centre_back": 0.8,
            "export": 2, "bring": 2, "visit": 2, "mix": 1, "spoil": 1, "old_program": 0.5,
            "shut_out": 0.15, "let_back": 0.4, "second_pc": 0.15,
        },
    ),
)  # fmt: skip


def drawn_temper(chance: random.Random) -> Temper:
    """One of them."""
    return chance.choice(TEMPERS)


def temper_named(name: str) -> Temper:
    """The one of that name."""
    return next(one for one in TEMPERS if one.name == name)
