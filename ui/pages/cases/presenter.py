"""Shows what waits for whom, opens cases and moves them on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.areas.cases.case_kind import CaseField, CaseKind, MoveRule
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.options import Options
from app.areas.cases.verbs import CaseList, CaseView
from app.domain.errors import UserError
from ui.pages.cases.state import CaseForm, CasesFront, CasesState
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.refresh import Topic


class CasesPresenter:
    """Intents of the cases' page."""

    def __init__(self, room: CurrentSession, render: Callable[[CasesState], None]) -> None:
        self._room, self._render = room, render
        self.state = CasesState()
        self.reader = room.refresh.register(frozenset({Topic.SENDING, Topic.SESSION}), self.load)

    def load(self) -> None:
        """Read the list, and the case in front anew; what was answered is no news any more."""
        cases, state = self._room.station.cases, self.state
        shown = None if state.case is None else state.case.record.case

        def job() -> tuple[CaseList, CaseView | None]:
            cases.mark_seen()
            found = cases.listed(state.kind, with_ended=state.with_ended)
            return found, None if shown is None else cases.show(shown)

        def done(read: tuple[CaseList, CaseView | None]) -> None:
            self._show(list=read[0], case=read[1])

        self._room.ask(job, done)

    def choose_kind(self, kind: str) -> None:
        """Only cases of this kind; empty for all. Or a new one of it, if that was asked."""
        if self.state.picks_new:
            self.write_new(kind)
            return
        self._show(kind=kind, front=CasesFront.NOTHING, case=None)
        self.load()

    def ask_kind(self, *, new: bool) -> None:
        """The kinds, to open one or to see those of one alone."""
        self._room.want_people()
        self._room.want_index()
        self._show(front=CasesFront.KINDS, picks_new=new)

    def toggle_ended(self) -> None:
        """Those that ended too, or not."""
        self._show(with_ended=not self.state.with_ended)
        self.load()

    def open(self, case: str) -> None:
        """One case in front."""

        def done(view: CaseView) -> None:
            self._show(front=CasesFront.CASE, case=view, form=None)

        self._room.ask(lambda: self._room.station.cases.show(case), done)

    def go_back(self) -> None:
        """From a form to its case, from a case to nothing."""
        was_form = self.state.front is CasesFront.FORM
        to_case = was_form and self.state.form is not None and self.state.form.move
        front = CasesFront.CASE if to_case else CasesFront.NOTHING
        self._show(front=front, form=None, case=self.state.case if to_case else None)

    def write_new(self, kind: str) -> None:
        """A form for a new case."""
        declared = CASE_KINDS[kind]
        self._offer(declared, "", declared.needs, declared.may)

    def begin_move(self, name: str) -> None:
        """A step of the case in front: with a form when it has fields, else at once."""
        view = self.state.case
        move = None if view is None else next((m for m in view.moves if m.name == name), None)
        if view is None or move is None:
            return
        if move.needs or move.may:
            self._offer(view.kind, name, _needed(move, view), move.may)
        else:
            self._move(name, {})

    def send(self, values: Mapping[str, str]) -> None:
        """Keep what was filled in."""
        form = self.state.form
        if form is None or self.state.is_sending:
            return
        told = {name: value for name, value in values.items() if value.strip()}
        if form.move:
            self._move(form.move, told)
        else:
            cases = self._room.station.cases
            self._keep(lambda: cases.open_case(form.kind.name, told))

    # --- inside ---------------------------------------------------------------------

    def _offer(
        self, kind: CaseKind, move: str, needs: tuple[str, ...], may: tuple[str, ...]
    ) -> None:
        wanted = {*needs, *may}
        fields: tuple[CaseField, ...] = tuple(one for one in kind.fields if one.name in wanted)

        def done(options: dict[str, Options]) -> None:
            form = CaseForm(kind, move, fields, frozenset(needs), options)
            self._show(front=CasesFront.FORM, form=form, picks_new=False)

        self._room.ask(lambda: self._room.station.cases.options(kind.name, wanted), done)

    def _move(self, name: str, values: Mapping[str, str]) -> None:
        view, cases = self.state.case, self._room.station.cases
        if view is not None:
            self._keep(lambda: cases.move_case(view.record.case, name, values))

    def _keep(self, job: Callable[[], CaseView]) -> None:
        self._show(is_sending=True)

        def done(view: CaseView) -> None:
            self._room.host.fact_made()
            self._room.say("op.cases.noted", StatusTone.DONE)
            self._show(front=CasesFront.CASE, case=view, form=None, is_sending=False)
            self.load()

        def failed(said: UserError) -> None:
            self._show(is_sending=False)
            self._room.tell(said)

        self._room.jobs.store(job, done, failed)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]  # fields by name
        self._render(self.state)


def _needed(move: MoveRule, view: CaseView) -> tuple[str, ...]:
    """What must be filled in now: its own needs, and what must be filled by then and is not."""
    held = dict(view.record.fields)
    return (*move.needs, *(one for one in move.wants if one not in held))
