"""One person of a roster with all that is known of them, and what stations get of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.areas.people.person import Person, follow
from app.domain.values import dataclass
from app.rosters.matching.weighing import KnownPerson
from app.wire.codec import write_row


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One person: what stations get, and what stays here. ``unit`` is an id, or empty."""

    site: str
    person: Person
    member_no: str = ""
    unit: str = ""
    phone: str = ""
    birth: str = ""
    identity: str = ""

    def turned(self, person: Person, from_ms: int) -> RosterPerson:
        """The same with another value for stations, which remembers what was."""
        return replace(self, person=follow(self.person, person, from_ms))

    def known(self, branches: Mapping[str, str]) -> KnownPerson:
        """As matching asks for them; ``branches`` are names by id."""
        return KnownPerson(
            id=self.person.id,
            name=self.person.name,
            member_no=self.member_no,
            branch=branches.get(self.unit, ""),
            phone=self.phone,
            birth=self.birth,
            identity=self.identity,
            former_names=tuple(dict.fromkeys(one.name for one in self.person.formerly)),
            active=self.person.active,
        )

    def values(self) -> dict[str, object]:
        """As the table keeps them."""
        return {
            "id": self.person.id,
            "site": self.site,
            "name": self.person.name,
            "member_no": self.member_no,
            "unit": self.unit,
            "phone": self.phone,
            "birth": self.birth,
            "active": self.person.active,
            "body": write_row(self.person),
            "identity": self.identity,
        }
