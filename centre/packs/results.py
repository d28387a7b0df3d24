"""What tests came to: each session's marks, person by person in order of name, and sums of a pack."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.areas.tests_of_courses.record import read_result
from app.domain.values import dataclass
from centre.store.projection_tables import DISPOSABLE, session_sums
from centre.store.tables import people


@dataclass(frozen=True, slots=True)
class ListedMark:
    """One person's test."""

    site: str
    session: str
    day: str
    training_class: str
    pack: str
    person: str
    name: str
    right: int
    questions: int
    on_paper: bool


def listed_marks(
    tx: Connection, *, site: str = "", session: str = "", training_class: str = "", pack: str = ""
) -> Iterator[ListedMark]:
    """The marks of a site, session, class or pack, by session and name; nobody is put in order of
    merit."""
    (rows,) = DISPOSABLE["tests_of_courses"].tables
    sums = session_sums.c
    query = (
        select(rows, sums.day, sums.training_class, people.c.name)
        .outerjoin(session_sums, (sums.site == rows.c.site) & (sums.session == rows.c.session))
        .outerjoin(people, people.c.id == rows.c.person)
        .order_by(rows.c.site, rows.c.session, people.c.name, rows.c.person, rows.c.pack)
    )
    chosen = {
        rows.c.site: site,
        rows.c.session: session,
        sums.training_class: training_class,
        rows.c.pack: pack,
    }
    query = query.where(*(column == value for column, value in chosen.items() if value))
    for row in tx.execute(query):
        one = read_result(row._asdict())
        yield ListedMark(
            site=row.site,
            session=row.session,
            day=row.day or "",
            training_class=row.training_class or "",
            pack=one.pack,
            person=one.person,
            name=row.name or "",
            right=one.right,
            questions=one.questions,
            on_paper=one.on_paper,
        )
