"""Opening a case, moving one on, and listing what waits for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from app.areas.cases.case_kind import WITHDRAW, CaseKind, FieldKind, MoveRule, Party
from app.areas.cases.case_lines import overtaken_line, state_word, title_of
from app.areas.cases.case_row import CaseRow
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.facts import CaseMoved, CaseOpened
from app.areas.cases.filling import Pairs, filled
from app.areas.cases.machine import CaseRecord, CaseStep, fold_case, may
from app.areas.cases.options import Options, names_of, options_of
from app.areas.cases.record import CASE_STEPS, StepLine, read_step
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import CaseId, PersonId
from app.domain.personal import Personal
from app.domain.time import local_date, local_time, wall_ms_of
from app.domain.values import dataclass
from app.usecases.tools import Tools
from app.words import say

if TYPE_CHECKING:
    from app.store.reading import StoreReading

OPERATOR = "operator"
SEEN = "cases_seen"
"""Setting: the moment of the newest answer that somebody has looked at."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as it is shown: its record, what can be done with it here, and whose turn it is."""

    record: CaseRecord
    moves: tuple[MoveRule, ...]
    is_own: bool
    site: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """What courses, lecturers, classes, sessions and people are called that its fields name."""

    @property
    def kind(self) -> CaseKind:
        """Its declaration."""
        return kind_named(self.record.kind)

    @property
    def waits_for_us(self) -> bool:
        """Whether something is to be done here next: by the home, or by whoever holds it."""
        if self.record.is_ended or self.record.state in self.kind.ongoing:
            return False
        return any(self._is_ours(one) for one in self.moves if one.name != WITHDRAW)

    def _is_ours(self, move: MoveRule) -> bool:
        if Party.HOLDER in move.who:
            return self.record.holder == self.site
        return Party.HOME in move.who and self.is_own


@dataclass(frozen=True, slots=True)
class DutyLine:
    """So many were opened here in this period of ``months``, of at least ``least``."""

    kind: str
    count: int
    least: int
    months: int


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases, the open ones counted by kind, how many wait for us, and the duties."""

    cases: tuple[CaseView, ...]
    counts: Mapping[str, int]
    waits: int
    duties: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True)
class CaseNews:
    """What the first page says: how many wait for us, how many were answered, and the newest."""

    waits: int = 0
    answered: int = 0
    newest: CaseView | None = None

    @property
    def line(self) -> str:
        """The same in words: what was answered, then what waits; empty when there is neither."""
        told = say("op.cases.today_waits", count=self.waits) if self.waits else ""
        if self.newest is None:
            return told
        record, names = self.newest.record, self.newest.names
        late = overtaken_line(record, self.newest.site)
        answered = say(
            "op.cases.today_answered", title=title_of(record, names), state=state_word(record)
        )
        return "\n".join(filter(None, (late or answered, told)))


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
            records = tuple(_records(reading, self._site))
            names = names_of(reading, records)
        found = [replace(self._shown(one), names=names) for one in records]
        chosen = [
            one
            for one in found
            if kind in ("", one.record.kind) and (with_ended or not one.record.is_ended)
        ]
        return tuple(sorted(chosen, key=_order))

    def listed(self, kind: str = "", *, with_ended: bool = False) -> CaseList:
        """The cases of a kind or of all, how many of each kind stand open, and what is due."""
        found = self.all(with_ended=with_ended)
        open_ones = [one for one in found if not one.record.is_ended]
        counts = Counter(one.record.kind for one in open_ones)
        waits = sum(one.waits_for_us for one in open_ones)
        chosen = tuple(one for one in found if kind in ("", one.record.kind))
        return CaseList(chosen, dict(counts), waits, self._duties())

    def options(self, kind: str, fields: Iterable[str]) -> dict[str, Options]:
        """What each of these fields of a kind may name."""
        declared = kind_named(kind)
        today = local_date(self.tools.clock.now().wall_ms).isoformat()
        with self.tools.store.read() as reading:
            return {
                one.name: options_of(reading, one.kind, today)
                for one in declared.fields
                if one.name in fields
            }

    def news(self) -> CaseNews:
        """What needs something done here, and what was answered since somebody looked."""
        with self.tools.store.read() as reading:
            seen = int(reading.setting(SEEN) or 0)
            found = [self._shown(one) for one in _records(reading, self._site)]
            answered = [one for one in found if _news_ms(one) > seen]
            newest = max(answered, key=_news_ms, default=None)
            shown = None if newest is None else self._view(reading, CaseId(newest.record.case))
        return CaseNews(sum(one.waits_for_us for one in found), len(answered), shown)

    def mark_seen(self) -> None:
        """Somebody has looked at the cases: what was answered until now is no news any more."""
        with self.tools.store.begin() as work:
            found = (self._shown(one) for one in _records(work, self._site))
            newest = max((_news_ms(one) for one in found), default=0)
            if newest > int(work.setting(SEEN) or 0):
                work.keep_setting(SEEN, str(newest))

    def _duties(self) -> tuple[DutyLine, ...]:
        """For each kind with a duty: how many were opened here in its period, of how many."""
        now = local_time(self.tools.clock.now().wall_ms)
        found = []
        with self.tools.store.read() as reading:
            own = [one for one in _records(reading, self._site) if one.site == self._site]
        for kind in CASE_KINDS.values():
            if kind.duty is None:
                continue
            months = kind.duty.months
            month = (now.month - 1) // months * months + 1
            first = now.replace(month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
            begun = wall_ms_of(first)
            count = sum(one.kind == kind.name and one.opened_ms >= begun for one in own)
            found.append(DutyLine(kind.name, count, kind.duty.least, months))
        return tuple(found)

    @property
    def _site(self) -> str:
        return self.tools.site or ""

    def _view(self, reading: StoreReading, case: CaseId) -> CaseView:
        found = next(_records(reading, self._site, case), None)
        if found is None:
            raise NotFound("refusal.case_unknown")
        return replace(self._shown(found), names=names_of(reading, (found,)))

    def _shown(self, record: CaseRecord) -> CaseView:
        kind = kind_named(record.kind)
        held = dict(record.fields)
        moves = tuple(
            one
            for one in kind.moves_from(record.state)
            if one.fits(held)
            and all(held.get(name) or name in one.may for name in one.wants)
            and may(one.who, Party.STATION, self._site, record.site, record.holder)
        )
        return CaseView(record, moves, record.site == self._site, self._site)


def kind_named(name: str) -> CaseKind:
    """The kind of this name.

    Raises:
        NotFound: this program knows none.
    """
    kind = CASE_KINDS.get(name)
    if kind is None:
        raise NotFound("refusal.case_kind", kind=name)
    return kind


def _news_ms(view: CaseView) -> int:
    """When others last said something of our case, or our move turned out too late; 0: never."""
    record = view.record
    ours = view.is_own or any(one.step.site == view.site for one in record.history)
    if not ours:
        return 0
    said = (one.step for one in record.history if not one.is_overtaken)
    return max((one.at_ms for one in said if one.site != view.site), default=0)


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
