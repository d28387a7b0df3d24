"""The kinds of session there are: what each needs, may have, and how its minutes are known.

One closed list for station and centre. How many hours a kind is worth is a rule of the county
(``app.areas.hours``), not of the kind. Sources: domain (a) 0.8–0.12, 1.5–1.11, 2.10, 3.3–3.7,
4.1; (d) 10 and 14.
"""

from __future__ import annotations

from enum import StrEnum

from app.domain.values import dataclass


class SessionKind(StrEnum):
    """What a session is; the words are written into facts and never change."""

    GROUP_SESSION = "group_session"
    """A lesson together, the kind of every session of before."""
    FILM = "film"
    PRACTICE = "practice"
    MOBILE_CLASS = "mobile_class"
    ROUTE = "route"
    HOME_VISIT = "home_visit"
    TALK = "talk"
    MICRO_LESSON = "micro_lesson"
    THEME_DAY = "theme_day"
    COMMITTEE_MEETING = "committee_meeting"
    MEMBERS_MEETING = "members_meeting"
    GROUP_MEETING = "group_meeting"
    LIFE_MEETING = "life_meeting"
    TEST = "test"
    ONLINE_CLASS = "online_class"
    OUTSIDE_TRAINING = "outside_training"


class Activity(StrEnum):
    """What may be done in a session beside signing in."""

    PLAY = "play"
    DISCUSS = "discuss"
    AGENDA = "agenda"
    STOPS = "stops"
    LECTURE = "lecture"
    HEADS = "heads"
    VISIT = "visit"
    TEST = "test"


class Item(StrEnum):
    """A line of organisational life that a session can tick; one session may tick several
    (domain b, Guizhou), its hours count once."""

    LESSON = "lesson"
    FILM = "film"
    PRACTICE = "practice"
    PARTY_LESSON = "party_lesson"
    COMMITTEE_MEETING = "committee_meeting"
    MEMBERS_MEETING = "members_meeting"
    GROUP_MEETING = "group_meeting"
    LIFE_MEETING = "life_meeting"
    THEME_DAY = "theme_day"


MONTHLY_SET = (Item.LESSON, Item.FILM, Item.PRACTICE)
"""The monthly set (domain a 0.10): each branch has one of each a month."""


TICKED_BY = {
    Item.LESSON: SessionKind.GROUP_SESSION,
    Item.FILM: SessionKind.FILM,
    Item.PRACTICE: SessionKind.PRACTICE,
}
"""The kind that is offered for an item of the monthly set that is missing."""


class MinutesSource(StrEnum):
    """Where a session's minutes come from."""

    HELD = "held"
    """From the opening to the close, or as it was written afterwards."""
    GIVEN = "given"
    """As its class or the imported list says."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind: whether it is held at this PC, what may be done in it, which items it ticks."""

    needs_pc: bool
    activities: frozenset[Activity]
    ticks: frozenset[Item] = frozenset()
    minutes: MinutesSource = MinutesSource.HELD


_A, _I, _K = Activity, Item, SessionKind
_TALK = frozenset({_A.LECTURE, _A.HEADS, _A.DISCUSS, _A.PLAY})
_MEETING = frozenset({_A.AGENDA, _A.DISCUSS, _A.PLAY})
_LISTED = frozenset({_A.LECTURE})
_AWAY = frozenset({_A.LECTURE, _A.HEADS, _A.DISCUSS})

RULES: dict[SessionKind, KindRule] = {
    _K.GROUP_SESSION: KindRule(True, _TALK, frozenset({_I.LESSON})),
    _K.FILM: KindRule(True, frozenset({_A.PLAY, _A.DISCUSS, _A.HEADS}), frozenset({_I.FILM})),
    _K.PRACTICE: KindRule(False, _AWAY, frozenset({_I.PRACTICE})),
    _K.MOBILE_CLASS: KindRule(False, _AWAY, frozenset({_I.LESSON})),
    _K.ROUTE: KindRule(False, _AWAY | {_A.STOPS}, frozenset({_I.PRACTICE})),
    _K.HOME_VISIT: KindRule(False, frozenset({_A.VISIT})),
    _K.TALK: KindRule(True, _TALK, frozenset({_I.LESSON})),
    _K.MICRO_LESSON: KindRule(True, _TALK, frozenset({_I.LESSON, _I.PARTY_LESSON})),
    _K.THEME_DAY: KindRule(
        True, _TALK | {_A.AGENDA}, frozenset({_I.THEME_DAY, _I.LESSON, _I.PARTY_LESSON})
    ),
    _K.COMMITTEE_MEETING: KindRule(True, _MEETING, frozenset({_I.COMMITTEE_MEETING})),
    _K.MEMBERS_MEETING: KindRule(True, _MEETING, frozenset({_I.MEMBERS_MEETING})),
    _K.GROUP_MEETING: KindRule(True, _MEETING, frozenset({_I.GROUP_MEETING})),
    _K.LIFE_MEETING: KindRule(True, _MEETING, frozenset({_I.LIFE_MEETING})),
    _K.TEST: KindRule(True, frozenset({_A.TEST})),
    _K.ONLINE_CLASS: KindRule(False, _LISTED, frozenset({_I.LESSON}), MinutesSource.GIVEN),
    _K.OUTSIDE_TRAINING: KindRule(False, _LISTED, frozenset({_I.LESSON}), MinutesSource.GIVEN),
}
"""Every kind's rule."""

HEADS = ("villager", "activist", "guest")
"""Who is counted beside those named (domain a 3.7, 3.11)."""

PAIRINGS = ("old_leads_young", "youth_helps_old", "mentor")
"""Why one visits another (domain a 1.10, 1.13)."""

AGENDA = (
    "constitution",
    "oath",
    "party_spirit",
    "deliberation",
    "dues",
    "study",
    "volunteering",
)
"""The items of a theme day in the order of S3 (domain a 3.5)."""


def kind_of(word: str) -> SessionKind:
    """The kind a fact or plan says; a word of a newer program is a group session."""
    try:
        return SessionKind(word)
    except ValueError:
        return SessionKind.GROUP_SESSION


def agenda_of(kind: str) -> tuple[str, ...]:
    """The items a session of a kind begins with when nobody says others."""
    return AGENDA if kind == SessionKind.THEME_DAY else ()


def ticks_of(kind: str, ticked: tuple[str, ...]) -> frozenset[Item]:
    """The items a session ticks: its kind's own, and those that its preparation names besides."""
    known = {one.value for one in Item}
    return RULES[kind_of(kind)].ticks | {Item(one) for one in ticked if one in known}
