"""Names in place of ids, both ways: what a field that points to something is written as."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from app.domain.errors import BadInput
from app.domain.written_forms import match_form
from centre.catalogue.rows import ListedRow, rows_of
from centre.store.tables import courses, people, sites

_MOST_NAMED = 6


@dataclass(slots=True)
class NameBook:
    """Looks names up in one transaction; each table is read once, when it is first asked for."""

    tx: Connection
    today: date
    """A date that is written without a year is counted from here."""
    site: str = ""
    """People are looked for here first."""
    _rows: dict[str, tuple[ListedRow, ...]] = field(default_factory=dict)
    _titles: dict[str, str] | None = None
    _people: dict[str, tuple[str, str, str]] | None = None
    _by_name: dict[str, list[str]] = field(default_factory=dict)

    def row_id(self, kind: str, text: str) -> str:
        """The id of a row of the catalogue.

        Raises:
            BadInput: there is none of this name.
        """
        form = match_form(text)
        found = [one for one in self._of(kind) if one.id == text or match_form(one.name) == form]
        if not found:
            raise BadInput("centre.field_no_row", name=text)
        return next((one.id for one in found if not one.value.stopped), found[0].id)

    def row_name(self, kind: str, key: str) -> str:
        """A row's name, or its id where there is no such row."""
        return next((one.name for one in self._of(kind) if one.id == key), key)

    def course_id(self, text: str) -> str:
        """The id of a course, by id or title.

        Raises:
            BadInput: there is none.
        """
        titles = self._courses()
        form = match_form(text)
        found = (
            [text] if text in titles else [k for k, v in titles.items() if match_form(v) == form]
        )
        if len(found) != 1:
            raise BadInput("centre.field_no_course", name=text)
        return found[0]

    def course_title(self, key: str) -> str:
        """A course's title when no other has it, else its id."""
        titles = self._courses()
        title = titles.get(key, key)
        return title if list(titles.values()).count(title) < 2 else key

    def person_id(self, text: str) -> str:
        """The id of somebody, by id, or by a name (``NAME@SITE`` where several have it).

        Raises:
            BadInput: nobody is called so, or several are.
        """
        known = self._everybody()
        if text in known:
            return text
        name, _, site = text.partition("@")
        found = self._by_name.get(match_form(name), [])
        if site:
            found = [one for one in found if match_form(known[one][2]) == match_form(site)]
        elif self.site and len(found) > 1:
            found = [one for one in found if known[one][1] == self.site]
        if not found:
            raise BadInput("centre.field_no_person", name=text)
        if len(found) > 1:
            told = "、".join(f"{name}@{known[one][2]}({one})" for one in found[:_MOST_NAMED])
            raise BadInput("centre.field_many_people", name=text, people=told)
        return found[0]

    def person_name(self, key: str) -> str:
        """How somebody is written so that only they are meant."""
        known = self._everybody()
        if key not in known:
            return key
        name, site, site_name = known[key]
        others = self._by_name[match_form(name)]
        if len(others) == 1:
            return name
        return key if sum(known[one][1] == site for one in others) > 1 else f"{name}@{site_name}"

    def _of(self, kind: str) -> tuple[ListedRow, ...]:
        if kind not in self._rows:
            self._rows[kind] = rows_of(self.tx, kind)
        return self._rows[kind]

    def _courses(self) -> dict[str, str]:
        if self._titles is None:
            query = select(courses.c.id, courses.c.title).order_by(courses.c.id)
            self._titles = {row.id: row.title for row in self.tx.execute(query)}
        return self._titles

    def _everybody(self) -> dict[str, tuple[str, str, str]]:
        if self._people is None:
            query = (
                select(people.c.id, people.c.name, people.c.site, sites.c.name.label("site_name"))
                .join(sites, sites.c.id == people.c.site)
                .where(people.c.active)
                .order_by(people.c.id)
            )
            self._people = {}
            for row in self.tx.execute(query):
                self._people[row.id] = (row.name, row.site, row.site_name)
                self._by_name.setdefault(match_form(row.name), []).append(row.id)
        return self._people
