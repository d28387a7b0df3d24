"""Opening a case, moving one on, and listing what waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.areas.cases.case_kind import CaseKind, FieldKind, MoveRule, Party
from app.areas.cases.case_row import CaseRow
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.facts import CaseMoved, CaseOpened
from app.areas.cases.filling import Pairs, filled
from app.areas.cases.machine import CaseRecord, CaseStep, fold_case, may
from app.areas.cases.record import CASE_STEPS, StepLine, read_step
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import CaseId, PersonId
from app.domain.personal import Personal
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading

OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as it is shown: its record, what can be done with it here, and whose turn it is."""

    record: CaseRecord
    moves: tuple[MoveRule, ...]
    is_own: bool

    @property
    def waits_for_us(self) -> bool:
        """Whether something is to be done here next."""
        return bool(self.moves) and not self.record.is_ended


@dataclass(frozen=True, slots=True)
class Cases:
    """What can be done with cases; every change is one unit of work."""

    tools: Tools

    def open_case(self, kind: str, values: Mapping[str, str]) -> CaseView:
        """Open a case; it is shown at once, as not confirmed by the centre yet.

        Raises:
            NotFound: there is no such kind.
            BadInput: a field is lacking or does not fit.
        """
        declared = kind_named(kind)
        plain, personal = filled(declared, values, declared.needs, declared.may)
        case = CaseId(self.tools.new_id("c"))
        with self.tools.store.begin() as work:
            work.record(
                CaseOpened(case, declared.name, plain, *_people(work, declared, personal)),
                actor=OPERATOR,
                personal=Personal(more=personal) or None,
            )
            return self._view(work, case)

    def move_case(self, case: str, name: str, values: Mapping[str, str]) -> CaseView:
        """Move a case on; what the centre says of it later may be that another came first.

        Raises:
            NotFound: there is no such case.
            NotPossibleNow: it does not stand so that this can be done, or others do it.
            BadInput: a field is lacking or does not fit.
        """
        with self.tools.store.begin() as work:
            view = self._view(work, CaseId(case))
            record, declared = view.record, kind_named(view.record.kind)
            move = next((one for one in view.moves if one.name == name), None)
            if move is None:
                if declared.move(name) is None:
                    raise BadInput("refusal.case_move", move=name)
                raise NotPossibleNow("refusal.case_not_now", state=f"{record.kind}.{record.state}")
            plain, personal = filled(declared, values, move.needs, move.may)
            work.record(
                CaseMoved(
                    *(CaseId(case), record.kind, name, record.state, plain),
                    *_people(work, declared, personal),
                ),
                actor=OPERATOR,
                personal=Personal(more=personal) or None,
            )
            return self._view(work, CaseId(case))

    def show(self, case: str) -> CaseView:
        """One case.

        Raises:
            NotFound: there is no such case.
        """
        with self.tools.store.read() as reading:
            return self._view(reading, CaseId(case))

    def all(self, kind: str = "", *, with_ended: bool = False) -> tuple[CaseView, ...]:
        """What waits for us first, then what stands longest; the ended ones last, if asked."""
        with self.tools.store.read() as reading:
            found = [self._shown(one) for one in _records(reading, self._site)]
        chosen = [
            one
            for one in found
            if kind in ("", one.record.kind) and (with_ended or not one.record.is_ended)
        ]
        return tuple(sorted(chosen, key=_order))

    @property
    def _site(self) -> str:
        return self.tools.site or ""

    def _view(self, reading: StoreReading, case: CaseId) -> CaseView:
        found = next(_records(reading, self._site, case), None)
        if found is None:
            raise NotFound("refusal.case_unknown")
        return self._shown(found)

    def _shown(self, record: CaseRecord) -> CaseView:
        kind = kind_named(record.kind)
        moves = tuple(
            one
            for one in kind.moves_from(record.state)
            if may(one.who, Party.STATION, self._site, record.site, record.holder)
        )
        return CaseView(record, moves, record.site == self._site)


def kind_named(name: str) -> CaseKind:
    """The kind of this name.

    Raises:
        NotFound: this program knows none.
    """
    kind = CASE_KINDS.get(name)
    if kind is None:
        raise NotFound("refusal.case_kind", kind=name)
    return kind


def _people(reading: StoreReading, kind: CaseKind, personal: Pairs) -> tuple[PersonId, ...]:
    """Whom the fields name by id: at most two.

    Raises:
        BadInput: one of them is in no list here.
    """
    fields = {one.name for one in kind.fields if one.kind is FieldKind.PERSON}
    found = tuple(PersonId(value) for name, value in personal if name in fields)
    if any(reading.person(one) is None for one in found):
        raise BadInput("refusal.case_person")
    return found[:2]


def _order(view: CaseView) -> tuple[bool, bool, int, str]:
    record = view.record
    return record.is_ended, not view.waits_for_us, record.since_ms, record.case


def _records(reading: StoreReading, site: str, case: str = "") -> Iterator[CaseRecord]:
    """Cases from the centre's rows and our own steps; of kinds this program knows."""
    chosen = {"case_id": case} if case else {}
    own: dict[str, list[StepLine]] = defaultdict(list)
    for told in reading.rows(CASE_STEPS, **chosen):
        own[str(told["case_id"])].append(read_step(told))
    only = reading.listed_one(CaseRow, case) if case else None
    rows = ((only,) if only is not None else ()) if case else reading.listed(CaseRow)
    ordered = {one.id: one for one in rows}
    for name in dict.fromkeys((*ordered, *own)):
        row, lines = ordered.get(name), own.get(name, [])
        kind = CASE_KINDS.get(row.kind if row is not None else lines[0].kind)
        if kind is None:
            continue
        steps = () if row is None else tuple(_with_own(row.steps, lines))
        found = fold_case(name, kind, steps, [own_step(one, site) for one in lines])
        if found is not None:
            yield found


def own_step(line: StepLine, site: str) -> CaseStep:
    """A step of a station's own facts."""
    return CaseStep(
        id=line.hash,
        move=line.move,
        party=Party.STATION,
        site=site,
        at_ms=line.at_ms,
        seen=line.seen,
        by=line.by,
        fields=line.fields,
        personal=line.personal,
    )


def _with_own(steps: Iterable[CaseStep], lines: Iterable[StepLine]) -> Iterator[CaseStep]:
    """The centre's steps, with what is personal of our own: that does not travel back."""
    personal = {one.hash: one.personal for one in lines}
    for one in steps:
        told = personal.get(one.id, ())
        yield one if one.personal or not told else replace(one, personal=told)
