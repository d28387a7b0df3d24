"""What the sign-in screen does with each touch. No Qt; the only writer of ``MemberState``.

The card that follows a sign-in never blocks the next press, and nobody's name stays:
a success goes after 2.5 s, anything half done after 20 s without a touch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.attendance.marks import Lane, Status, Turnout
from app.areas.attendance.views import PersonCard, SignInDone, UndoDone
from app.areas.sessions.session import Session
from app.areas.sessions.views import SessionView
from app.domain.errors import AlreadySignedIn, UserError
from app.domain.ids import PersonId
from app.domain.time import local_time
from app.words import say, say_error
from ui.input.key_runs import After, Stop
from ui.jobs.protocols import Jobs
from ui.pages.member_sign_in import wall
from ui.pages.member_sign_in.host import MemberHost, SignInVerbs
from ui.pages.member_sign_in.state import (
    TAIL_DIGITS,
    MemberState,
    MemberTile,
    ResultCard,
    Scene,
    scene_of,
    wiped,
)
from ui.state.current_session import with_card
from ui.state.sign_in_result import SignInResult

SUCCESS_MS = 2_500
HELP_MS = 6_000
IDLE_MS = 20_000
BAR_MS = 10_000
RECENT = 5


class MemberPresenter:
    """Touches in, states out; GUI thread only."""

    def __init__(
        self,
        desk: SignInVerbs,
        jobs: Jobs,
        show: Callable[[MemberState], None],
        after: After,
        host: MemberHost,
    ) -> None:
        self._desk, self._jobs, self._show, self._after = desk, jobs, show, after
        self._host = host
        self.state = MemberState()
        self._session: Session | None = None
        self._cards: tuple[PersonCard, ...] = ()
        self._lane = Lane.PHONE_TAIL
        self._bunch: str | None = None
        self._asked = 0
        self._stop_idle: Stop = _nothing
        self._stop_told: Stop = _nothing

    # --- what the session does ------------------------------------------------------

    def show_session(self, view: SessionView | None, site_name: str) -> None:
        """The session stands so now; call whenever it has changed."""
        before, self._session = self._session, None if view is None else view.session
        self._cards = () if view is None else view.cards
        state = replace(self.state, site_name=site_name)
        if view is not None:
            state = replace(
                state,
                title=view.session.title,
                starts_at=_hour(view.session.planned_start_ms),
                arrived=view.turnout.arrived,
                expected=view.turnout.expected,
                visitors=view.turnout.visitors + view.turnout.left_out_present,
                recent=wall.recent_names(view.cards, RECENT),
            )
        scene = scene_of(self._session)
        same = before is not None and self._session is not None and before.id == self._session.id
        if scene is not Scene.KEYPAD or not same or state.scene in (Scene.NOT_OPEN, Scene.OVER):
            self._forget()
            state = wiped(state, scene)
        self._set(self._with_wall(state))

    def say_again(self) -> None:
        """Show the same state once more, after the language or the size was changed."""
        self._set(self._with_wall(self.state))

    # --- the keypad -----------------------------------------------------------------

    def press(self, digit: str, *, look_up: bool = True) -> None:
        """A digit; the fourth looks the person up, unless that is to wait for ``look_up``."""
        if self.state.scene is not Scene.KEYPAD or self.state.busy:
            return
        self._end_told()
        digits = (self.state.digits + digit)[:TAIL_DIGITS]
        full = len(digits) == TAIL_DIGITS
        self._set(replace(self.state, digits=digits, told=None))
        self.touched()
        if full and look_up:
            self.look_up()

    def look_up(self) -> None:
        """Whose are these four digits?"""
        digits = self.state.digits
        if self.state.scene is not Scene.KEYPAD or self.state.busy or len(digits) < TAIL_DIGITS:
            return
        self._set(replace(self.state, busy=True))
        self._look_up(digits)

    def card_unknown(self, *, heard: bool = True) -> None:
        """A card was not read whole, or is nobody's: it may be held to the reader once more."""
        if self._is_open():
            self.to_keypad()
            told = ResultCard(
                SignInResult.NOT_FOUND, say("member.card_again_hint"), say("member.card_again")
            )
            self._tell(told, heard=heard)

    def erase(self) -> None:
        """Take the last digit back."""
        if self.state.scene is Scene.KEYPAD and not self.state.busy:
            self._set(replace(self.state, digits=self.state.digits[:-1]))
            self.touched()

    def to_keypad(self) -> None:
        """Back to an empty keypad, from anywhere."""
        if self._is_open():
            self._forget()
            self._set(wiped(self.state, Scene.KEYPAD))

    def touched(self) -> None:
        """Somebody is there: wiping begins anew to wait."""
        self._stop_idle()
        self._stop_idle = _nothing
        if self.state.clearing:
            self._set(replace(self.state, clearing=False))
        if self._has_something_to_wipe():
            self._stop_idle = self._after(IDLE_MS - BAR_MS, self._warn)

    # --- is it me -------------------------------------------------------------------

    def yes(self) -> None:
        """It is me: sign in, and free the keypad for the next one at once."""
        person = self.state.person
        if self.state.scene is Scene.CONFIRM and person is not None:
            self._sign_in(person)

    def no(self) -> None:
        """It is not me."""
        if self.state.scene is Scene.CONFIRM:
            self.to_keypad()
            self._say(SignInResult.NOT_ME, say("member.not_me"))

    def choose(self, person: PersonId) -> None:
        """One of several: asks whether it is really them."""
        shown = next((one for one in self.state.choices if one.person == person), None)
        if shown is None:
            return
        if shown.arrived:
            self._tell_already(shown.name, self._first_hour(person))
        else:
            self._ask_if_me(self._with_note(shown))

    def not_me(self) -> None:
        """The card that says "signed in" is somebody else's: that very mark is taken back."""
        session, told = self._session, self.state.told
        if session is None or told is None or told.mark is None:
            return
        mark = told.mark
        self._end_told()
        self._set(replace(self.state, told=None))
        self._jobs.store(
            lambda: self._desk.undo(session.id, mark, "member"), self._taken_back, self._failed
        )

    # --- the wall -------------------------------------------------------------------

    def find_by_name(self) -> None:
        """Open the wall: groups or surnames, or all names when they are few."""
        if self._is_open():
            self._forget()
            self._bunch, self._lane = None, Lane.NAME_WALL
            first = bool(wall.bunches(wall.on_wall(self._cards)))
            scene = Scene.GROUPS if first else Scene.NAMES
            self._set(self._with_wall(wiped(self.state, scene)))
            self.touched()

    def open_bunch(self, key: str) -> None:
        """Show the names of one group or surname."""
        if self.state.scene is Scene.GROUPS:
            self._bunch = key
            self._set(self._with_wall(replace(self.state, scene=Scene.NAMES)))
            self.touched()

    def back(self) -> None:
        """One level up: from names to groups, else to the keypad."""
        if self.state.scene is Scene.NAMES and self.state.bunches:
            self.find_by_name()
        else:
            self.to_keypad()

    def want_help(self) -> None:
        """Ask the operator to come; the screen says that he was told."""
        if self._is_open():
            self.to_keypad()
            self._host.help_wanted()
            self._say(SignInResult.HELP_COMES, say("member.help_comes"), HELP_MS)

    # --- asking the store -----------------------------------------------------------

    def _look_up(self, tail: str) -> None:
        session = self._session
        if session is None:
            return
        asked = self._asked = self._asked + 1

        def found(cards: tuple[PersonCard, ...]) -> None:
            if asked == self._asked:
                self._found(cards)

        def failed(said: UserError) -> None:
            if asked == self._asked:
                self._failed(said)

        self._jobs.store(lambda: self._desk.by_phone_tail(session.id, tail), found, failed)

    def _found(self, cards: tuple[PersonCard, ...]) -> None:
        self._lane = Lane.PHONE_TAIL
        self._set(replace(self.state, busy=False, digits=""))
        if not cards:
            self._say(SignInResult.NOT_FOUND, say("member.not_found"))
        elif len(cards) > 1:
            people = wall.candidates(cards)
            self._set(replace(self.state, scene=Scene.CHOOSE, choices=people))
            self.touched()
        elif wall.is_here(cards[0]):
            self._tell_already(cards[0].name, _hour(cards[0].at_ms))
        else:
            self._ask_if_me(wall.candidates(cards)[0])

    def _ask_if_me(self, person: MemberTile) -> None:
        self._set(replace(self.state, scene=Scene.CONFIRM, person=person))
        self.touched()

    def _sign_in(self, person: MemberTile) -> None:
        session, lane = self._session, self._lane
        if session is None:
            return
        self.to_keypad()
        self._jobs.store(
            lambda: self._desk.sign_in(session.id, person.person, lane, "member"),
            self._signed_in,
            self._failed,
        )

    def _signed_in(self, done: SignInDone) -> None:
        if not self._is_open():
            return
        note = say("member.in_room", count=done.turnout.in_room)
        if done.card.status is Status.LATE:
            note = say("member.late_note")
        self._tell(
            ResultCard(
                SignInResult.SUCCESS, say("member.success"), done.card.name, note, done.card.mark
            ),
            SUCCESS_MS,
        )
        self._put(done)
        self._host.signed_in(done)

    def _taken_back(self, done: UndoDone) -> None:
        self._cards = with_card(self._cards, done.card)
        self._count(done.turnout)
        self._host.undone(done)
        if self.state.scene is Scene.KEYPAD and not self.state.digits:
            self._say(SignInResult.NOT_ME, say("member.not_me"))

    def _failed(self, said: UserError) -> None:
        """Even if the next one is busy already: what was not stored must be seen."""
        if isinstance(said, AlreadySignedIn):
            self._tell_already(str(said.values["name"]), str(said.values["first_at"]))
        elif self._is_open():
            self.to_keypad()
            self._tell(ResultCard(SignInResult.TROUBLE, say_error(said)))

    def _put(self, done: SignInDone) -> None:
        """Show the new mark before the session is read anew."""
        self._cards = with_card(self._cards, done.card)
        self._count(done.turnout)

    def _count(self, turnout: Turnout) -> None:
        self._set(
            replace(
                self.state,
                arrived=turnout.arrived,
                expected=turnout.expected,
                visitors=turnout.visitors + turnout.left_out_present,
                recent=wall.recent_names(self._cards, RECENT),
            )
        )

    # --- cards that go by themselves -----------------------------------------------

    def _tell_already(self, name: str, first_at: str) -> None:
        self._forget()
        self._set(wiped(self.state, Scene.KEYPAD))
        sentence = say("member.already", first_at=first_at)
        self._tell(ResultCard(SignInResult.ALREADY, sentence, name), SUCCESS_MS)

    def _say(self, kind: SignInResult, headline: str, for_ms: int = 0) -> None:
        self._tell(ResultCard(kind, say(f"member.{kind.value}_hint"), headline), for_ms)

    def _tell(self, told: ResultCard, for_ms: int = 0, *, heard: bool = True) -> None:
        """Show a card; without ``for_ms`` it stays until the next touch or the wiping.

        A success that comes in while the next one is typing already takes no digit away.
        """
        self._end_told()
        self._set(replace(self.state, told=told))
        if heard:
            self._host.heard(told.kind)
        if for_ms:
            self._stop_told = self._after(for_ms, self._drop_told)
        else:
            self.touched()

    def _drop_told(self) -> None:
        self._stop_told = _nothing
        self._set(replace(self.state, told=None))

    def _end_told(self) -> None:
        self._stop_told()
        self._stop_told = _nothing

    def _warn(self) -> None:
        self._set(replace(self.state, clearing=True))
        self._stop_idle = self._after(BAR_MS, self.to_keypad)

    def _forget(self) -> None:
        self._asked += 1
        self._stop_idle()
        self._stop_idle = _nothing
        self._end_told()

    # --- small readings -------------------------------------------------------------

    def _has_something_to_wipe(self) -> bool:
        state = self.state
        if state.scene is not Scene.KEYPAD:
            return self._is_open()
        timed = (SignInResult.SUCCESS, SignInResult.ALREADY, SignInResult.HELP_COMES)
        return bool(state.digits) or (state.told is not None and state.told.kind not in timed)

    def _is_open(self) -> bool:
        return scene_of(self._session) is Scene.KEYPAD

    def _first_hour(self, person: PersonId) -> str:
        return next((_hour(card.at_ms) for card in self._cards if card.id == person), "")

    def _with_note(self, shown: MemberTile) -> MemberTile:
        cards = tuple(card for card in self._cards if card.id == shown.person)
        return wall.candidates(cards)[0] if cards else shown

    def _with_wall(self, state: MemberState) -> MemberState:
        """The wall's tiles as the cards stand now; places never move."""
        if state.scene not in (Scene.GROUPS, Scene.NAMES):
            return state
        cards = wall.on_wall(self._cards)
        first = wall.bunches(cards)
        heading = next((one.label for one in first if one.key == self._bunch), "")
        names = wall.names_in(cards, self._bunch) if state.scene is Scene.NAMES else ()
        return replace(
            state,
            bunches=first,
            by_surname=wall.uses_surnames(cards),
            heading=heading,
            choices=names,
        )

    def _set(self, state: MemberState) -> None:
        self.state = state
        self._show(state)


def _hour(wall_ms: int | None) -> str:
    return "" if wall_ms is None else f"{local_time(wall_ms):%H:%M}"


def _nothing() -> None:
    return None
