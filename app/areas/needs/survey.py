"""The questions of the survey, and what its answers come to by kind of member.

Six kinds of member, what they want to learn, in which way, how long: domain (b), P62; the
options are ours. Of a kind that too few answered nothing is told: they are put together
with the other small ones, and if these are still too few, with nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.values import dataclass

FEWEST = 5
"""Answers of fewer are told nowhere."""
MOST_PEOPLE = 100_000
MIXED = "mixed"
"""Several kinds that few of each answered."""
KINDS = ("rural", "urban", "office", "business", "mobile", "elder")
SUBJECTS = (
    "theory",
    "policy",
    "farming",
    "business",
    "law",
    "health",
    "party_work",
    "computers",
)
WAYS = ("talk", "film", "on_site", "home", "online")
LENGTHS = ("half_hour", "hour", "half_day", "day")


@dataclass(frozen=True, slots=True)
class NeedsQuestion:
    """One question; its options' keys begin with its own."""

    key: str
    options: tuple[str, ...]
    is_many: bool

    def named(self, place: int) -> str:
        """The key of an option."""
        return f"{self.key}.{self.options[place]}"


QUESTIONS = (
    NeedsQuestion("kind", KINDS, is_many=False),
    NeedsQuestion("subject", SUBJECTS, is_many=True),
    NeedsQuestion("way", WAYS, is_many=True),
    NeedsQuestion("length", LENGTHS, is_many=False),
)
OPTIONS = frozenset(one.named(at) for one in QUESTIONS[1:] for at in range(len(one.options)))


@dataclass(frozen=True, slots=True)
class NeedsGroup:
    """What the members of a kind said."""

    kind: str
    people: int
    chosen: tuple[tuple[str, int], ...]


Groups = Iterable[tuple[str, int, Iterable[tuple[str, int]]]]


def told_groups(groups: Groups) -> tuple[NeedsGroup, ...]:
    """The groups as they may be told, in order of kind, each option in order of its key.

    What is no group is left out; telling what was told changes nothing.
    """
    whole: dict[str, NeedsGroup] = {}
    small: list[NeedsGroup] = []
    for kind, people, chosen in groups:
        counts = dict(chosen)
        sound = all(one in OPTIONS and 0 < count <= people for one, count in counts.items())
        if kind not in (*KINDS, MIXED) or not 0 < people <= MOST_PEOPLE or not sound:
            continue
        group = NeedsGroup(kind, people, tuple(sorted(counts.items())))
        if people >= FEWEST and kind != MIXED and kind not in whole:
            whole[kind] = group
        else:
            small.append(group)
    mixed = _together(small)
    found = [whole[one] for one in KINDS if one in whole]
    return (*found, *([mixed] if mixed.people >= FEWEST else []))


def added_groups(told: Iterable[NeedsGroup]) -> tuple[NeedsGroup, ...]:
    """The same kinds of several sessions together."""
    by_kind: dict[str, list[NeedsGroup]] = {}
    for one in told:
        by_kind.setdefault(one.kind, []).append(one)
    summed = {kind: _together(own, kind) for kind, own in by_kind.items()}
    return tuple(summed[one] for one in (*KINDS, MIXED) if one in summed)


def demand(told: Iterable[NeedsGroup]) -> tuple[tuple[str, int], ...]:
    """How often each option was chosen, the most wanted first: demand is put in order, people
    never are."""
    sums: dict[str, int] = dict.fromkeys(OPTIONS, 0)
    for group in told:
        for option, count in group.chosen:
            sums[option] += count
    order = {one: place for place, one in enumerate(_in_order())}
    chosen = [(one, count) for one, count in sums.items() if count]
    return tuple(sorted(chosen, key=lambda one: (-one[1], order[one[0]])))


def _in_order() -> Iterable[str]:
    return (one.named(at) for one in QUESTIONS[1:] for at in range(len(one.options)))


def _together(groups: Iterable[NeedsGroup], kind: str = MIXED) -> NeedsGroup:
    sums: dict[str, int] = {}
    people = 0
    for group in groups:
        people += group.people
        for option, count in group.chosen:
            sums[option] = sums.get(option, 0) + count
    return NeedsGroup(kind, people, tuple(sorted(sums.items())))


def with_answer(
    counted: Mapping[str, Mapping[str, int]], answers: Iterable[Iterable[int]]
) -> dict[str, dict[str, int]]:
    """The sums with one more person's answers: kind → option → count; ``people`` counts them.

    Raises:
        ValueError: an answer is none of the options, or one too many.
    """
    chosen = [tuple(dict.fromkeys(one)) for one in answers]
    for question, places in zip(QUESTIONS, chosen, strict=True):
        fits = all(place in range(len(question.options)) for place in places)
        if not fits or not places or (len(places) > 1 and not question.is_many):
            raise ValueError(question.key)
    kind = KINDS[chosen[0][0]]
    found = {name: dict(sums) for name, sums in counted.items()}
    own = found.setdefault(kind, {})
    own["people"] = own.get("people", 0) + 1
    for question, places in zip(QUESTIONS[1:], chosen[1:], strict=True):
        for place in places:
            option = question.named(place)
            own[option] = own.get(option, 0) + 1
    return found
