"""The state of a case from its steps in the centre's order: pure, the same at both sides.

The first opening holds. A step that fits the state it meets moves the case; one that does not is
kept as *overtaken* and never lost: whoever made it is told what happened instead. At a station the
steps are those the centre has ordered, then its own that are not among them yet; so a move is
shown at once, and is confirmed when the centre's row names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field

from app.areas.cases.case_kind import CaseKind, Party
from app.domain.values import dataclass

OPENING = "opened"
"""The name of the step that opens a case."""


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step: its opening or a move. ``id`` is its fact's hash or the centre's own id.

    ``seen`` is the state its maker saw; ``fields`` hold what is not personal, ``personal`` the
    rest where it may be seen. ``at_ms`` is ms since 1970 UTC.
    """

    id: str
    move: str
    party: Party
    site: str
    at_ms: int
    seen: str = ""
    by: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    personal: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step as it was judged: what state it made, or that it was ``overtaken`` and by which."""

    step: CaseStep
    state: str
    overtaken_by: str = ""
    is_confirmed: bool = True

    @property
    def is_overtaken(self) -> bool:
        """Whether the case had gone another way before this step came."""
        return bool(self.overtaken_by)


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case: where it stands, what is known of it, and its history."""

    case: str
    kind: str
    site: str
    state: str
    opened_ms: int
    since_ms: int
    fields: tuple[tuple[str, str], ...]
    history: tuple[TakenStep, ...]
    is_ended: bool
    turn: frozenset[Party]

    @property
    def overtaken(self) -> tuple[TakenStep, ...]:
        """Steps that came too late."""
        return tuple(one for one in self.history if one.is_overtaken)

    @property
    def unconfirmed(self) -> tuple[TakenStep, ...]:
        """Own steps that the centre has not ordered yet."""
        return tuple(one for one in self.history if not one.is_confirmed)

    def value(self, name: str) -> str:
        """What a field holds, empty when it was not given."""
        return dict(self.fields).get(name, "")


@dataclass(slots=True)
class _Walk:
    kind: CaseKind
    state: str = ""
    last: str = ""
    site: str = ""
    opened_ms: int = 0
    since_ms: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    history: list[TakenStep] = field(default_factory=list)


def fold_case(
    case: str, kind: CaseKind, ordered: Sequence[CaseStep], own: Iterable[CaseStep] = ()
) -> CaseRecord | None:
    """The case from the centre's ordered steps and a station's own; None while nobody opened it.

    A step that stands in both, or twice, counts once, at its first place.
    """
    walk = _Walk(kind)
    confirmed = dict.fromkeys(one.id for one in ordered)
    once: dict[str, CaseStep] = {}
    for one in (*ordered, *own):
        once.setdefault(one.id, one)
    for one in once.values():
        _take(walk, one, is_confirmed=one.id in confirmed)
    if not walk.state:
        return None
    return CaseRecord(
        case=case,
        kind=kind.name,
        site=walk.site,
        state=walk.state,
        opened_ms=walk.opened_ms,
        since_ms=walk.since_ms,
        fields=tuple(walk.fields.items()),
        history=tuple(walk.history),
        is_ended=walk.state in kind.ends,
        turn=kind.whose_turn(walk.state),
    )


def _take(walk: _Walk, one: CaseStep, *, is_confirmed: bool) -> None:
    target = _target(walk, one)
    if target is None:
        if walk.state:  # what comes before the opening waits for it, and is judged when it is here
            walk.history.append(TakenStep(one, walk.state, walk.last, is_confirmed))
        return
    if not walk.state:
        walk.site, walk.opened_ms = one.site, one.at_ms
    walk.state, walk.last, walk.since_ms = target, one.id, one.at_ms
    walk.fields.update(one.fields)
    walk.fields.update(one.personal)
    walk.history.append(TakenStep(one, target, "", is_confirmed))


def _target(walk: _Walk, one: CaseStep) -> str | None:
    """The state a step leads to, or None when it does not fit."""
    if one.move == OPENING:
        return None if walk.state else walk.kind.first
    move = walk.kind.move(one.move)
    fitting = [m for m in walk.kind.moves if m.name == one.move and walk.state in m.sources]
    if move is None or not fitting or not may(fitting[0].who, one.party, one.site, walk.site):
        return None
    return fitting[0].target


def may(who: frozenset[Party], party: Party, site: str, home: str) -> bool:
    """Whether a party may make a move: a station is also the home of what was opened there."""
    if party in who:
        return party is not Party.HOME or site == home
    return party is Party.STATION and Party.HOME in who and site == home
