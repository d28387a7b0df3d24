"""How far everybody of a class is, and who has been through none of its batches."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.areas.catalogue.values import TrainingClass
from app.areas.classes.completion import CompletionLine, not_through
from app.areas.classes.progress import ClassProgress, class_progress
from app.areas.hours.session_lines import SessionLine
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from centre.catalogue.classes import people_meant
from centre.catalogue.rows import rows_of
from centre.interpretation.projections.lines import line_of_row
from centre.store.projection_tables import session_lines, session_sums
from centre.store.tables import people, sites

_OF_A_SESSION = ("title", "plan", "training_class", "campaign")


@dataclass(frozen=True, slots=True)
class ClassMember:
    """Somebody as lists of a class name them."""

    person: str
    name: str
    site_name: str


def progress_of(tx: Connection, held_class: TrainingClass) -> tuple[ClassProgress, ...]:
    """The progress of everybody on a class's roster."""
    return class_progress(held_class, _lines_of(tx, held_class.id))


def missing_of(
    tx: Connection, held_class: TrainingClass, site: str = ""
) -> tuple[CompletionLine, ...]:
    """Who is meant by a class of this name, in any batch, and has been through none: its rosters and
    its audience; of one site (id) or all."""
    form = match_form(held_class.name)
    batches = [
        one.value
        for one in rows_of(tx, "training_class")
        if match_form(one.name) == form and not one.value.stopped
    ]
    meant = [person for one in batches for person in one.people]
    for audience in sorted({one.audience for one in batches if one.audience}):
        meant += people_meant(tx, audience=audience)
    own = members(tx, meant, site)
    lines = {one.batch or one.id: progress_of(tx, one) for one in batches}
    return not_through((one for one in meant if one in own), lines)


def members(
    tx: Connection, who: list[str] | tuple[str, ...], site: str = ""
) -> dict[str, ClassMember]:
    """Names by id, of active people of one site (id) or of all."""
    query = (
        select(people.c.id, people.c.name, sites.c.name.label("site_name"))
        .join(sites, sites.c.id == people.c.site)
        .where(people.c.active)
    )
    if site:
        query = query.where(people.c.site == site)
    wanted = set(who)
    return {
        row.id: ClassMember(row.id, row.name, row.site_name)
        for row in tx.execute(query)
        if row.id in wanted
    }


def _lines_of(tx: Connection, key: str) -> tuple[SessionLine, ...]:
    query = (
        select(session_lines, *(session_sums.c[name] for name in _OF_A_SESSION))
        .join(
            session_sums,
            (session_sums.c.site == session_lines.c.site)
            & (session_sums.c.session == session_lines.c.session),
        )
        .where(session_sums.c.training_class == key)
    )
    return tuple(line_of_row(row) for row in tx.execute(query))
