"""Who each row of a file is: somebody known, somebody new, or a question with both names.

Every row is weighed against everybody it could be (``weighing``). Whoever has the best claim
comes first; two equal claims, or a claim that a number contradicts, are never guessed between.
``--same`` and ``--new`` answer a question, and only a row that has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.rosters.matching.book import Book
from app.rosters.matching.doubles import doubled_rows
from app.rosters.matching.row_numbers import only_counts
from app.rosters.matching.sorting import Answers, Question, Sorting, place_of, spelled_place
from app.rosters.matching.weighing import KnownPerson
from app.rosters.sheets.sheet_rows import RosterRow, RowTrouble


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows with the person each one is (None is somebody new), and rows that are doubtful.

    ``counted_rows``: the numbers only count the rows; they are in none of the rows here.
    """

    pairs: tuple[tuple[RosterRow, KnownPerson | None], ...]
    troubles: tuple[RowTrouble, ...]
    questions: tuple[Question, ...] = ()
    counted_rows: bool = False


def match_rows(
    rows: Sequence[RosterRow], known: Sequence[KnownPerson], answers: Answers | None = None
) -> Matched:
    """Match every row, or say why it cannot be told.

    Raises:
        BadInput: an answer names nobody, somebody twice, or a row that has no question.
    """
    answered = Answers() if answers is None else answers
    counted = only_counts(rows, Book(rows, known))
    if counted:
        rows = [replace(row, member_no="") for row in rows]
    _check_answers(rows, known, answered)
    return replace(_match(rows, known, answered), counted_rows=counted)


def _match(rows: Sequence[RosterRow], known: Sequence[KnownPerson], answers: Answers) -> Matched:
    borne = Counter((match_form(one.name), one.phone) for one in known if one.active)
    twins = doubled_rows(
        rows,
        frozenset(answers.by_place),
        lambda row: borne[match_form(row.name), row.phone] > 1,
    )
    doubles = {(one.sheet, one.row): one for one in twins}
    sorting = Sorting([row for row in rows if place_of(row) not in doubles], known, rows)
    sorting.take_answers(answers)
    sorting.take_claims()
    sorting.take_bare()
    sorting.ask_about_left_over()
    sorting.ask_about_numbers()
    sorting.ask_about_borrowed_names()
    sorting.look_for_newcomers_twice()
    pairs = tuple(
        (row, sorting.pairs.get(place_of(row)))
        for row in sorting.rows
        if place_of(row) not in sorting.asked and place_of(row) not in sorting.troubled
    )
    namesakes = tuple(
        Question(row, trouble.key, tuple(sorting.book.called(row)), trouble.values)
        for row in rows
        if (trouble := doubles.get(place_of(row))) and trouble.key == "roster.row_namesake"
    )
    firm = tuple(one for one in doubles.values() if one.key != "roster.row_namesake")
    questions = (*sorting.asked.values(), *namesakes)
    return Matched(pairs, (*firm, *sorting.troubles), questions)


def _check_answers(
    rows: Sequence[RosterRow], known: Sequence[KnownPerson], answers: Answers
) -> None:
    ids = {person.id for person in known}
    given = [person for person in answers.by_place.values() if person]
    for person in given:
        if person not in ids:
            raise BadInput("roster.answer_nobody", person=person)
        if given.count(person) > 1:
            raise BadInput("roster.answer_twice", person=person)
    if not answers.by_place:
        return
    unanswered = _match(rows, known, Answers())
    asked = {place_of(one.row) for one in unanswered.questions}
    for place in answers.by_place:
        if place in asked:
            continue
        rest = {other: who for other, who in answers.by_place.items() if other != place}
        left = _match(rows, known, Answers(rest)).questions
        if place not in {place_of(one.row) for one in left}:
            raise BadInput("roster.answer_not_asked", row=spelled_place(place))
