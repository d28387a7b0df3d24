"""Everything the sign-in screen shows, frozen. No Qt in here."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from app.areas.sessions.session import RUNNING, Session, Step
from app.domain.ids import FactHash, PersonId
from app.domain.values import dataclass
from ui.state.sign_in_result import SignInResult

TAIL_DIGITS = 4


class Scene(StrEnum):
    """What fills the screen."""

    NOT_OPEN = "not_open"
    KEYPAD = "keypad"
    CONFIRM = "confirm"
    CHOOSE = "choose"
    GROUPS = "groups"
    NAMES = "names"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ResultCard:
    """One card: ``headline`` is a name or empty, ``sentence`` is said in the chosen language."""

    kind: SignInResult
    sentence: str
    headline: str = ""
    note: str = ""
    mark: FactHash | None = None
    """The mark that is taken back by "not me"."""


@dataclass(frozen=True, slots=True)
class MemberTile:
    """A person as a tile or a confirm card: name, what tells equal names apart, arrived or not."""

    person: PersonId
    name: str
    note: str = ""
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Bunch:
    """One tile of the wall's first level: a group or a surname, and how many are in it."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class MemberState:
    """The whole screen. ``clearing`` means: ten seconds are left before it is wiped."""

    scene: Scene = Scene.NOT_OPEN
    site_name: str = ""
    title: str = ""
    starts_at: str = ""
    arrived: int = 0
    expected: int = 0
    visitors: int = 0
    recent: tuple[str, ...] = ()
    digits: str = ""
    busy: bool = False
    clearing: bool = False
    told: ResultCard | None = None
    person: MemberTile | None = None
    choices: tuple[MemberTile, ...] = ()
    bunches: tuple[Bunch, ...] = ()
    by_surname: bool = False
    heading: str = ""
    """On the wall: the group or surname whose names are shown."""


def wiped(state: MemberState, scene: Scene) -> MemberState:
    """The same screen without anything of the one who stood there."""
    return replace(
        state,
        scene=scene,
        digits="",
        busy=False,
        clearing=False,
        told=None,
        person=None,
        choices=(),
        bunches=(),
        heading="",
    )


def scene_of(session: Session | None) -> Scene:
    """What the screen begins with while the session stands so."""
    if session is not None and session.step in RUNNING:
        return Scene.KEYPAD
    if session is not None and session.step in (Step.CLOSED, Step.NOT_HELD):
        return Scene.OVER
    return Scene.NOT_OPEN
