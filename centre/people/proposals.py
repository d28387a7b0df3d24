"""What stations propose about people, and the office's answers.

A proposal is somebody with all that stations say of them and nobody has answered. It is answered
as a whole: they are somebody of the roster already, they are taken in, or not wanted. Stations get
the answer by their feed; whatever it is, no record of before changes hands without being told so.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select, true

from app.areas.catalogue.values import AnswerState, PersonAlias, ProposalAnswer
from app.areas.people.person import Person
from app.areas.people.proposals import Proposal, person_with
from app.areas.people.record import PEOPLE, proposal_of_row
from app.domain.decoded_fact import Reason
from app.domain.errors import BadInput, NotFound
from app.domain.ids import OrgUnitId, PersonId, id_from_random
from app.domain.values import dataclass
from app.domain.written_forms import match_form, shown_form
from app.rosters.matching.weighing import KnownPerson
from app.rosters.roster_person import RosterPerson
from app.wire.codec import write_row
from centre.decisions.ledger import Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.interpretation.on_demand import interpret_waiting
from centre.interpretation.pending import retry_held
from centre.interpretation.reading import refold_each
from centre.people.likeness import likely
from centre.rosters.acts import Act, keep_act
from centre.rosters.held import branch_names, people_of, write_people
from centre.service import Centre
from centre.sites import find_site
from centre.store.decision_tables import person_aliases
from centre.store.insert import put_row
from centre.store.projection_tables import DISPOSABLE, SESSIONS, report_sessions
from centre.store.site_lock import lock_site
from centre.store.tables import feed_rows, sites

ANSWER, ALIAS = "proposal_answer", "person_alias"
_proposed = DISPOSABLE[PEOPLE.name].tables[0]
_TELLING = frozenset({"standing", "stopped", "resumed"})
"""Words that hold for whoever somebody turns out to be; a name and a number do not."""


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """Somebody about whom stations of a site say something that is not answered; ``id`` is theirs.

    ``is_new``: the roster has nobody of that id. ``likely`` are those who may be the same.
    """

    id: str
    site: str
    site_name: str
    name: str
    is_new: bool
    words: tuple[Proposal, ...]
    likely: tuple[KnownPerson, ...] = ()

    @property
    def says(self) -> dict[str, str]:
        """Each field as it was said last."""
        return {name: value for one in self.words for name, value in one.said}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office says: ``same`` names somebody of the roster, ``refuse`` why nobody is taken
    in; neither: taken in, or the correction holds."""

    by: str
    same: str = ""
    refuse: str = ""


@dataclass(frozen=True, slots=True)
class ProposalDone:
    """What an answer did: about whom, how, how many words it answers, and how many sessions were
    read anew."""

    name: str
    person: str
    state: AnswerState
    words: int
    sessions: int = 0


def open_proposals(centre: Centre, site: str = "") -> tuple[OpenProposal, ...]:
    """All that waits for an answer, of one site (id or name) or of all; by site, oldest first.

    Raises:
        NotFound: there is no such site.
    """
    interpret_waiting(centre, site)
    with centre.store.reading() as tx:
        chosen = sites.c.id == find_site(tx, site).id if site else true()
        found: list[OpenProposal] = []
        for row in tx.execute(
            select(sites.c.id, sites.c.name).where(chosen).order_by(sites.c.name)
        ):
            found += _of_site(tx, row.id, row.name)
        return tuple(found)


def find_proposal(centre: Centre, person: str) -> OpenProposal:
    """What waits of one person.

    Raises:
        NotFound: nothing waits of them.
    """
    for one in open_proposals(centre):
        if one.id == person:
            return one
    raise NotFound("centre.no_proposal", id=person)


def answer_proposal(centre: Centre, person: str, answer: Answer) -> ProposalDone:
    """Answer all that waits of one person, in one transaction.

    Raises:
        NotFound: nothing waits of them, or the site's roster has nobody ``same``.
        BadInput: nobody is named who says so; or two answers are given at once.
    """
    if not answer.by.strip():
        raise BadInput("centre.proposal_needs_by")
    if answer.same and answer.refuse:
        raise BadInput("centre.proposal_one_answer")
    site = find_proposal(centre, person).site
    with centre.store.writing() as tx:
        lock_site(tx, site)
        mine = [one for one in _of_site(tx, site, "") if one.id == person]
        if not mine:
            raise NotFound("centre.no_proposal", id=person)
        done = _Answering(centre, tx, site, mine[0], answer).run()
    retry_held(centre, site, (Reason.UNKNOWN_PERSON, Reason.FAILED))
    return done


def _of_site(tx: Connection, site: str, site_name: str) -> list[OpenProposal]:
    answered = select(feed_rows.c.key).where(
        feed_rows.c.scope == site_scope(site), feed_rows.c.kind == ANSWER
    )
    query = select(_proposed).where(_proposed.c.site == site, _proposed.c.hash.not_in(answered))
    words: dict[str, list[Proposal]] = {}
    for row in tx.execute(query.order_by(_proposed.c.place)):
        words.setdefault(row.person, []).append(proposal_of_row(row._asdict()))
    if not words:
        return []
    held, names = people_of(tx, site), branch_names(tx, site)
    aliases = select(person_aliases.c.id, person_aliases.c.person).where(
        person_aliases.c.site == site
    )
    # Who was said to be somebody is proposed on by stations that have not heard of it yet.
    meant = {row.id: row.person for row in tx.execute(aliases)}
    known = [one.known(names) for one in held.values()]
    found = []
    for person, said in words.items():
        base = held.get(meant.get(person, person))
        name = next((one.says("name") for one in reversed(said) if one.says("name")), "")
        is_new = base is None
        if is_new and not name:
            continue  # what was erased proposes nothing
        shown = name or ("" if base is None else base.person.name)
        alike = likely(said, known) if is_new else ()
        found.append(OpenProposal(person, site, site_name, shown, is_new, tuple(said), alike))
    return found


@dataclass(frozen=True, slots=True)
class _Answering:
    """One answer on its way into the roster of a site."""

    centre: Centre
    tx: Connection
    site: str
    proposal: OpenProposal
    answer: Answer

    def run(self) -> ProposalDone:
        held = people_of(self.tx, self.site)
        person = self.proposal.id
        if self.answer.refuse:
            return self._tell(person, AnswerState.REFUSED, 0)
        if self.answer.same:
            base = held.get(self.answer.same)
            if base is None:
                raise NotFound("centre.no_person", person=self.answer.same)
            if not self.proposal.is_new:
                raise BadInput("centre.proposal_known", name=self.proposal.name)
            told = [one for one in self.proposal.words if one.kind in _TELLING]
            self._write(held, base, told)
            return self._tell(base.person.id, AnswerState.SAME, self._go_on_as(base))
        self._write(held, held.get(person), self.proposal.words)
        return self._tell(person, AnswerState.TAKEN, 0)

    def _write(
        self,
        held: Mapping[str, RosterPerson],
        base: RosterPerson | None,
        said: Sequence[Proposal],
    ) -> None:
        """Have the words in the roster; who is told there already stays as they are."""
        if not said:
            return
        units = branch_names(self.tx, self.site)
        fresh: dict[str, str] = {}

        def unit_of(name: str) -> OrgUnitId:
            form = match_form(name)
            every = {**units, **fresh}
            known = next((one for one in every if match_form(every[one]) == form), None)
            if known is None:
                known = id_from_random("u", secrets.token_bytes(6))
                fresh[known] = shown_form(name)
            return OrgUnitId(known)

        person = person_with(None if base is None else base.person, said, unit_of)
        assert person is not None
        changed = _with_words(base, self.site, person, said)
        write_people(self.tx, self.site, [changed], fresh)
        act = Act("answer", self.proposal.name, self.answer.by.strip())
        keep_act(self.tx, self.site, act, held, [changed], self.centre.now_ms())

    def _go_on_as(self, base: RosterPerson) -> int:
        """The records of before are the person's from now on; how many sessions name them."""
        before, now = self.proposal.id, base.person.id
        put_row(
            self.tx,
            person_aliases,
            {
                "id": before,
                "person": now,
                "site": self.site,
                "by": self.answer.by.strip(),
                "reason": "",
                "at_ms": self.centre.now_ms(),
            },
            key=["id"],
        )
        alias = write_row(PersonAlias(before, now))
        publish(self.tx, site_scope(self.site), [Row(ALIAS, before, alias)])
        told = {"person": now, "visited": self.site}
        decide(self.tx, self.centre, Kind.PERSON_SAME, before, site=self.site, values=told)
        named = report_sessions.c.body.contains(f'"{before}"'.encode())
        query = select(report_sessions.c.session).where(report_sessions.c.site == self.site, named)
        sessions = set(self.tx.scalars(query))
        refold_each(self.tx, self.site, {SESSIONS: sessions}, self.centre.now_ms())
        return len(sessions)

    def _tell(self, person: str, state: AnswerState, sessions: int) -> ProposalDone:
        now, by = self.centre.now_ms(), self.answer.by.strip()
        words = self.proposal.words
        rows = [
            ProposalAnswer(one.hash, person, state, by, now, self.answer.refuse.strip())
            for one in words
        ]
        told = [Row(ANSWER, one.id, write_row(one)) for one in rows]
        publish(self.tx, site_scope(self.site), told)
        return ProposalDone(self.proposal.name, person, state, len(words), sessions)


def _with_words(
    base: RosterPerson | None, site: str, person: Person, said: Sequence[Proposal]
) -> RosterPerson:
    told = {name: value for one in said for name, value in one.said}
    unit = person.units[0] if person.units else ""
    before = base or RosterPerson(site, replace(person, id=PersonId(person.id)))
    return replace(
        before,
        person=person,
        unit=unit if base is None or "unit" in told else before.unit,
        birth=told.get("birth", before.birth),
        member_no=told.get("member_no", before.member_no),
        # A tail says only the end of the number: one that ends otherwise is not theirs any more.
        phone=before.phone if before.phone.endswith(person.phone_tail or "-") else "",
    )
