"""Who of a roster may be somebody a station proposes: told to the office, never decided here."""

from __future__ import annotations

from collections.abc import Sequence

from app.areas.people.proposals import Proposal
from app.domain.written_forms import code_form, match_form
from app.rosters.matching.weighing import KnownPerson
from app.rosters.sheets.cells import same_birth

MOST_LIKELY = 5


def likely(said: Sequence[Proposal], known: Sequence[KnownPerson]) -> tuple[KnownPerson, ...]:
    """Those with the same name or number, who agree most first; at most five."""
    told = {name: value for one in said for name, value in one.said}
    weighed = [(_agreement(told, one), one.name, one.id, one) for one in known]
    best = sorted((one for one in weighed if one[0] > 0), key=lambda one: (-one[0], *one[1:3]))
    return tuple(one[3] for one in best[:MOST_LIKELY])


def _agreement(told: dict[str, str], one: KnownPerson) -> int:
    """How much agrees: 0 when neither name nor member number does."""
    names = {match_form(name) for name in (one.name, *one.former_names)}
    is_named = match_form(told.get("name", "")) in names
    number = code_form(told.get("member_no", ""))
    has_number = bool(number) and number == code_form(one.member_no)
    tail = told.get("phone_tail", "")
    if not (is_named or has_number):
        return 0
    weight = 4 * is_named + 4 * has_number + one.active
    if tail and one.phone:
        weight += 3 if one.phone.endswith(tail) else -1
    if told.get("birth") and one.birth:
        weight += 3 if same_birth(told["birth"], one.birth) else -1
    if told.get("unit") and match_form(told["unit"]) == match_form(one.branch):
        weight += 1
    return max(weight, 1)
