"""Rule sets: what a county, or a site of its own, says minutes are worth in a year.

A row of the catalogue; a site's goes before the county's, a year's holds until another year has
one. Where none is set the national rule stands: 32 hours a member, 56 a secretary or committee
member (education regulation art. 20 and the plan of 2019–2023; domain e), 4 hours at most for half
a day and 8 for a day. Minutes are whole numbers inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.domain.values import dataclass

MEMBER_MINUTES = 32 * 60
LEADER_MINUTES = 56 * 60
LEADER_POSTS = ("secretary", "deputy_secretary", "committee_member")
MOST_PERCENT = 1_000
"""Teaching may count fivefold (domain e); nobody means more than tenfold."""


class Rounding(StrEnum):
    """To which side a session's credit is rounded."""

    DOWN = "down"
    NEAREST = "nearest"
    UP = "up"


@dataclass(frozen=True, slots=True)
class KindRate:
    """What a kind of session is worth; of the caps 0 is none."""

    kind: str
    percent: int = 100
    cap_session: int = 0
    cap_year: int = 0


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rule of a county, or of one ``site``, from a ``year`` on."""

    id: str
    year: int
    site: str = ""
    member_minutes: int = MEMBER_MINUTES
    leader_minutes: int = LEADER_MINUTES
    leader_posts: tuple[str, ...] = LEADER_POSTS
    rates: tuple[KindRate, ...] = ()
    """Kinds that are not worth what they last, or have a cap of their own."""
    round_to: int = 1
    rounding: Rounding = Rounding.DOWN
    cap_session: int = 240
    """The most one session counts, for kinds that say nothing else."""
    cap_day: int = 480
    """The most that sessions of one day count together; longer ones stand for themselves."""
    article: str = ""
    """The article it comes from, as it is shown."""
    stopped: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether its figures can be meant."""
        caps = (self.member_minutes, self.leader_minutes, self.cap_session, self.cap_day)
        return (
            0 < self.year < 10_000
            and self.round_to > 0
            and min(caps) >= 0
            and all(0 <= one.percent <= MOST_PERCENT for one in self.rates)
        )

    def target(self, posts: Iterable[str] = ()) -> int:
        """How many minutes somebody with these posts is to reach."""
        is_leader = any(one in self.leader_posts for one in posts)
        return self.leader_minutes if is_leader else self.member_minutes

    def rate(self, kind: str) -> KindRate:
        """What a kind is worth."""
        own = (one for one in self.rates if one.kind == kind)
        return next(own, KindRate(kind, cap_session=self.cap_session))

    def uncapped(self, kind: str, minutes: int) -> int:
        """What one session of so many minutes would be worth without a cap."""
        add = {Rounding.NEAREST: self.round_to // 2, Rounding.UP: self.round_to - 1}
        worth = minutes * self.rate(kind).percent // 100 + add.get(self.rounding, 0)
        return worth // self.round_to * self.round_to

    def credit(self, kind: str, minutes: int) -> int:
        """What one session of so many minutes is worth by itself."""
        worth, cap = self.uncapped(kind, minutes), self.rate(kind).cap_session
        return min(worth, cap) if cap else worth


DEFAULT = RuleSet(
    id="",
    year=0,
    rates=(KindRate("online_class"), KindRate("outside_training")),
)
"""Where no row is set. What is given minutes by its list is worth just those."""


def rule_of(rule_sets: Iterable[RuleSet], year: int, site: str = "") -> RuleSet:
    """The rule of a site in a year: its own newest one, else the county's, else the default."""
    sound = [one for one in rule_sets if one.is_sound and not one.stopped and one.year <= year]
    for where in dict.fromkeys((site, "")):
        own = [one for one in sound if one.site == where]
        if own:
            return max(own, key=lambda one: (one.year, one.id))
    return DEFAULT
