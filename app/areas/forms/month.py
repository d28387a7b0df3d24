"""A month's figures (d-8, and the columns of Beijing's bulletin), each with the sessions behind it.

Attendances and persons are two figures. Whoever is not on a session's frozen list never enters a
rate. Hours are those between opening and close.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.areas.attendance.marks import RosterStatus
from app.areas.forms.form import FormCell, hours_of, percent
from app.areas.forms.held import FormSession, once_each
from app.areas.sessions.approval import LateState
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class HeldMonth:
    """What was held and what was not, in the order of time; a real session stands once."""

    held: tuple[FormSession, ...]
    not_held: tuple[FormSession, ...]
    returned: tuple[FormSession, ...] = ()
    """Entered late and sent back: no part of any other figure."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The sessions that were held."""
        return tuple(one.id for one in self.held)

    @property
    def expected(self) -> int:
        """Expected attendances: the frozen lists of all sessions, added up."""
        return sum(one.turnout.expected for one in self.held)

    @property
    def arrived(self) -> int:
        """Expected people who came, added up."""
        return sum(one.turnout.arrived for one in self.held)

    @property
    def minutes(self) -> int:
        """Of all sessions."""
        return sum(one.minutes for one in self.held)


def month_of_sessions(sessions: Iterable[FormSession]) -> HeldMonth:
    """A month of what a site recorded; what is not over is not in it."""
    once = once_each(tuple(sorted(sessions, key=lambda one: (one.began_ms, one.id))))
    return HeldMonth(
        tuple(one for one in once if one.is_held),
        tuple(one for one in once if one.not_held_reason is not None and one.late is None),
        tuple(one for one in once if one.late is LateState.RETURNED),
    )


def _having(month: HeldMonth, counts: Callable[[FormSession], int]) -> FormCell:
    """A sum, and the sessions that are in it."""
    behind = tuple(one.id for one in month.held if counts(one))
    return FormCell(sum(counts(one) for one in month.held), behind)


def _persons(month: HeldMonth) -> FormCell:
    return FormCell(
        len({who.id for one in month.held for who in one.people if who.came}), month.ids
    )


def _performed(month: HeldMonth) -> FormCell:
    """Of what was to be held, how much was."""
    due = len(month.held) + len(month.not_held)
    return FormCell(percent(len(month.held), due), month.ids)


def _late_share(month: HeldMonth) -> FormCell:
    late = tuple(one.id for one in month.held if one.is_entered_late)
    return FormCell(percent(len(late), len(month.held)), late)


def _overdue_share(month: HeldMonth) -> FormCell:
    overdue = tuple(one.id for one in month.held if one.is_overdue)
    return FormCell(percent(len(overdue), len(month.held)), overdue)


def _participation(month: HeldMonth) -> FormCell:
    """Of the people expected at least once, how many came at least once."""
    listed = [
        who for one in month.held for who in one.people if who.standpoint is RosterStatus.EXPECTED
    ]
    expected, came = {one.id for one in listed}, {one.id for one in listed if one.came}
    return FormCell(percent(len(came), len(expected)), month.ids)


FIGURES: tuple[tuple[str, Callable[[HeldMonth], FormCell]], ...] = (
    ("sessions", lambda month: FormCell(len(month.held), month.ids)),
    ("not_held", lambda m: FormCell(len(m.not_held), tuple(one.id for one in m.not_held))),
    ("performed", _performed),
    ("attendances", lambda month: _having(month, lambda one: one.turnout.in_room)),
    ("persons", _persons),
    ("heads", lambda month: _having(month, lambda one: one.heads)),
    ("hours", lambda month: FormCell(hours_of(month.minutes), month.ids)),
    ("expected", lambda month: FormCell(month.expected, month.ids)),
    ("on_leave", lambda month: _having(month, lambda one: one.turnout.on_leave)),
    ("absent", lambda month: _having(month, lambda one: one.turnout.absent)),
    ("rate", lambda month: FormCell(percent(month.arrived, month.expected), month.ids)),
    ("participation", _participation),
    ("late_entries", lambda month: _having(month, lambda one: one.turnout.late_entry)),
    ("late_sessions", lambda month: _having(month, lambda one: int(one.is_entered_late))),
    ("late_share", _late_share),
    ("overdue_share", _overdue_share),
    ("returned", lambda m: FormCell(len(m.returned), tuple(one.id for one in m.returned))),
    ("pending", lambda month: _having(month, lambda one: one.pending)),
)
"""Each figure's key and what it is: one list for a site's month and for the county's bulletin."""


def figures_of(month: HeldMonth) -> tuple[FormCell, ...]:
    """All figures of a month in the order of ``FIGURES``."""
    return tuple(take(month) for _key, take in FIGURES)
