"""How far a row of a sheet and somebody who is known agree, and what follows from it: pure.

All that is known is weighed together – the identity number's mark, the member number, the
telephone, the birth, the name and the branch. One thing alone never makes two people one: a
number may be given to another, a telephone is shared in a house, a name is borne by two.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from app.domain import written_forms
from app.domain.values import dataclass
from app.rosters.sheets.cells import same_birth
from app.rosters.sheets.sheet_rows import RosterRow

# Each name and number of a file is held against many.
match_form = lru_cache(maxsize=1 << 16)(written_forms.match_form)
code_form = lru_cache(maxsize=1 << 16)(written_forms.code_form)
_MONTH = len("1958-03")
_A_GENERATION = 14
"""Years between two births that nobody mistypes: a parent and a child, of one name perhaps."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person the centre has already; ``identity`` is the mark of their identity number."""

    id: str
    name: str
    member_no: str
    branch: str
    phone: str
    birth: str
    identity: str = ""
    former_names: tuple[str, ...] = ()
    active: bool = True


class Verdict(Enum):
    """What a row and a person are to each other."""

    SAME = "same"
    """Enough agrees that nobody needs to be asked."""
    BARE = "bare"
    """Only the name in the branch agrees: the same if nobody else bears it."""
    CONTRADICTION = "contradiction"
    """A number says yes and the rest says no, or the other way round: always asked."""
    DOUBT = "doubt"
    """It may be a correction: asked if the person would be left over."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What agrees (1), differs (-1), or can't be compared (0); ``birth_exact`` at least to the
    month; ``birth_far`` when a generation lies between two births that differ; ``name_near``
    when two names that differ look like one that was corrected."""

    name: int
    branch: int
    phone: int
    birth: int
    number: int
    identity: int
    birth_exact: bool = False
    birth_far: bool = False
    name_near: bool = False

    @property
    def weight(self) -> int:
        """The more agrees, the higher: who has the better claim."""
        birth = 3 if self.birth_exact else 1
        weights = (8, 4, 4, 3, birth, 1)
        parts = (self.identity, self.number, self.name, self.phone, self.birth, self.branch)
        return sum(weight * part for weight, part in zip(weights, parts, strict=True))


def compare(row: RosterRow, person: KnownPerson, *, number: int) -> Agreement:
    """Hold a row against a person; ``number`` is what the member numbers say to each other."""
    phone = _equal(row.phone, person.phone)
    birth = 0
    if row.birth and person.birth:
        birth = 1 if same_birth(row.birth, person.birth) else -1
    identity = _equal(row.identity, person.identity)
    name = 1 if match_form(row.name) == match_form(person.name) else -1
    if name < 0 and max(phone, birth, number, identity) > 0:
        called = match_form(row.name)
        name = 1 if any(match_form(one) == called for one in person.former_names) else -1
    branch = _equal(match_form(row.branch), match_form(person.branch))
    exact = birth > 0 and min(len(row.birth), len(person.birth)) >= _MONTH
    far = birth < 0 and abs(int(row.birth[:4]) - int(person.birth[:4])) >= _A_GENERATION
    near = name < 0 and _is_near(match_form(row.name), match_form(person.name))
    return Agreement(name, branch, phone, birth, number, identity, exact, far, near)


def _is_near(one: str, other: str) -> bool:
    """One sign more, or one of three and more another: a correction. Of two signs the family
    name alone would agree, and a father and his son never share a sign of the given name."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return len(one) > 2 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    without_one = (long[:place] + long[place + 1 :] for place in range(len(long)))
    return len(short) > 1 and short in without_one


def compare_numbers(one: str, other: str) -> int:
    """1 for the same member number, -1 for another, 0 when there is nothing to compare."""
    return _equal(code_form(one), code_form(other))


def judge(seen: Agreement) -> Verdict:
    """What a row and a person are to each other by what agrees and differs."""
    if seen.identity > 0:
        all_else = (seen.name, seen.phone, seen.birth)
        return Verdict.CONTRADICTION if all(one < 0 for one in all_else) else Verdict.SAME
    if seen.identity < 0:
        return _judge_other_identity(seen)
    if seen.number > 0:
        return _judge_same_number(seen)
    if seen.name > 0:
        return _judge_same_name(seen)
    if seen.phone > 0 and seen.birth > 0:
        is_sure = seen.birth_exact and seen.number == 0
        return Verdict.SAME if is_sure else Verdict.DOUBT
    if seen.phone > 0 and seen.birth == 0:
        return Verdict.DOUBT
    return Verdict.OTHER


def _judge_other_identity(seen: Agreement) -> Verdict:
    """Two identity numbers: two people, unless nearly everything else is the same."""
    agreeing = sum(one > 0 for one in (seen.name, seen.number, seen.phone, seen.birth))
    if seen.name > 0 and agreeing >= 3:
        return Verdict.SAME
    if seen.number > 0:
        return Verdict.CONTRADICTION
    if seen.name > 0 and (agreeing == 2 or seen.branch >= 0):
        return Verdict.DOUBT
    return Verdict.OTHER


def _judge_same_number(seen: Agreement) -> Verdict:
    if seen.name > 0:
        is_other = seen.birth_far or (seen.phone < 0 and seen.birth < 0)
        return Verdict.CONTRADICTION if is_other else Verdict.SAME
    if seen.phone > 0 and seen.birth >= 0 and seen.name_near:
        return Verdict.SAME
    # A telephone is shared in a house, and a number goes from father to son: only a birth tells.
    is_born_then = seen.birth > 0 and seen.birth_exact
    return Verdict.SAME if is_born_then else Verdict.CONTRADICTION


def _judge_same_name(seen: Agreement) -> Verdict:
    """The name agrees, the numbers do not speak or differ."""
    other_number = seen.number < 0
    if seen.phone > 0:
        odd = seen.birth < 0 and (seen.birth_far or seen.branch < 0 or other_number)
        return Verdict.DOUBT if odd else Verdict.SAME
    if seen.birth > 0:
        return _judge_same_birth(seen, other_number=other_number)
    differing = (seen.phone < 0) + (seen.birth < 0) + other_number
    if seen.branch < 0:
        return Verdict.OTHER if differing else Verdict.DOUBT
    if differing == 0 or (differing == 1 and seen.phone < 0):
        return Verdict.BARE
    return Verdict.DOUBT if differing == 1 else Verdict.OTHER


def _judge_same_birth(seen: Agreement, *, other_number: bool) -> Verdict:
    if seen.birth_exact:
        return Verdict.DOUBT if other_number and seen.phone < 0 else Verdict.SAME
    if seen.branch < 0 or other_number:
        return Verdict.DOUBT
    return Verdict.BARE if seen.phone < 0 else Verdict.SAME


def _equal(one: str, other: str) -> int:
    if not one or not other:
        return 0
    return 1 if one == other else -1
