"""The state of a case from its steps in the centre's order: pure, the same at both sides.

The first opening holds. A step that fits the state it meets moves the case; one that does not is
kept as *overtaken* and never lost: whoever made it is told what happened instead. What came before
the opening is judged after it. Fields that a step may not fill are left out, whoever sent them. At a
station the steps are those the centre has ordered, then its own that are not among them yet; so a move is
shown at once, and is confirmed when the centre's row names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from app.areas.cases.case_kind import CaseKind, Party
from app.domain.values import dataclass

OPENING = "opened"
"""The name of the step that opens a case."""
MOST_STEPS = 500
"""After so many steps of a case only one that ends it is taken: nobody can make it grow for ever."""
MOST_OF_A_FIELD = 1_000
"""Characters of one field; no screen or command takes more."""


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
    holder: str = ""
    """The site whose step made the state; empty when it was made at the centre."""

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
    holder: str = ""
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
        once.setdefault(one.id, fitting(kind, one))
    first = next((one for one in once.values() if one.move == OPENING), None)
    if first is None:
        return None
    for one in (first, *(one for one in once.values() if one is not first)):
        _take(walk, one, is_confirmed=one.id in confirmed)
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
        turn=kind.whose_turn(walk.state, walk.fields),
        holder=walk.holder,
    )


def _take(walk: _Walk, one: CaseStep, *, is_confirmed: bool) -> None:
    target = _target(walk, one)
    full = len(walk.history) >= MOST_STEPS and target not in walk.kind.ends
    if target is None or full:
        walk.history.append(TakenStep(one, walk.state, walk.last, is_confirmed))
        return
    if not walk.state:
        walk.site, walk.opened_ms = one.site, one.at_ms
    walk.state, walk.last, walk.since_ms = target, one.id, one.at_ms
    walk.holder = one.site
    walk.fields.update(one.fields)
    walk.fields.update(one.personal)
    walk.history.append(TakenStep(one, target, "", is_confirmed))


def _target(walk: _Walk, one: CaseStep) -> str | None:
    """The state a step leads to, or None when it does not fit."""
    if one.move == OPENING:
        return None if walk.state else walk.kind.first
    fields = walk.fields | dict(one.fields) | dict(one.personal)
    named = (m for m in walk.kind.moves if m.name == one.move and walk.state in m.sources)
    move = next((m for m in named if m.fits(walk.fields)), None)
    if move is None or any(not fields.get(name) for name in move.wants):
        return None
    return move.target if may(move.who, one.party, one.site, walk.site, walk.holder) else None


def may(who: frozenset[Party], party: Party, site: str, home: str, holder: str = "") -> bool:
    """Whether a party may make a move. A station is also the home of what was opened there, and
    holds what its own step brought to where it stands."""
    if party is Party.STATION or party is Party.HOME:
        if site == home and Party.HOME in who:
            return True
        if site and site == holder and Party.HOLDER in who:
            return True
        return party is Party.STATION and Party.STATION in who
    return party in who


def fitting(kind: CaseKind, step: CaseStep) -> CaseStep:
    """The step with the fields alone that it may fill: what is personal never stands among what is
    not, and nothing is longer than a screen takes."""
    if step.move == OPENING:
        allowed = {*kind.needs, *kind.may}
    else:
        moves = (one for one in kind.moves if one.name == step.move)
        allowed = {name for one in moves for name in (*one.needs, *one.may)}
    plain = tuple(
        one
        for one in step.fields
        if one[0] in allowed - kind.personal and len(one[1]) <= MOST_OF_A_FIELD
    )
    personal = tuple(
        one
        for one in step.personal
        if one[0] in allowed & kind.personal and len(one[1]) <= MOST_OF_A_FIELD
    )
    if (plain, personal) == (step.fields, step.personal):
        return step
    return replace(step, fields=plain, personal=personal)
