"""Keys of a real keyboard at the members' screen: four digits of fingers are a tail, all else is
a card or nothing.

Touches on the screen's own keypad do not come by here. A key shows at once, but nobody is looked
for until it is clear that no further key follows in a reader's rhythm.
"""

from __future__ import annotations

from ui.input.key_runs import END_MS, LEAST_KEYS, QUIET_MS, After, KeyRun, Stop
from ui.pages.member_sign_in.host import MemberHost
from ui.pages.member_sign_in.presenter import MemberPresenter
from ui.pages.member_sign_in.state import TAIL_DIGITS, Scene

_SURELY_A_MACHINE = 8
"""Nobody's fingers press so many keys without a pause here, however uneven they come."""

_PEOPLE_SHOWN = frozenset({Scene.CONFIRM, Scene.CHOOSE})


class MemberKeys:
    """``host`` gets the code of a card; one that came broken is told to be read again."""

    def __init__(self, presenter: MemberPresenter, after: After, host: MemberHost) -> None:
        self._presenter, self._after, self._host = presenter, after, host
        self._run = KeyRun()
        self._last_ms: int | None = None
        self._stop: Stop = _nothing

    def character(self, character: str, now_ms: int) -> None:
        """A printable key."""
        if not self._run.goes_on(now_ms):
            self.quiet()
        self._run.add(character, now_ms)
        self._last_ms = now_ms
        if self._cannot_be_a_tail():
            self._take_back()
        elif self._run.text.isdigit():
            self._presenter.press(character, look_up=False)
        self._stop()
        self._stop = self._after(QUIET_MS, self.quiet)

    def end(self, now_ms: int) -> bool:
        """Enter or Tab; True when it came right behind a key, so that nobody can have meant it."""
        if self._last_ms is None or not 0 <= now_ms - self._last_ms <= END_MS:
            return False
        self.quiet()
        return True

    def quiet(self) -> None:
        """No further key follows: what came was a tail, a card or nothing."""
        self._stop()
        self._stop = _nothing
        code, steady, overlong = self._run.text, self._run.is_steady, self._run.is_overlong
        machine = self._cannot_be_a_tail() or steady
        self._run.clear()
        if not machine:
            self._presenter.look_up()
            return
        self._take_back()
        is_code = not overlong and (steady or len(code) >= _SURELY_A_MACHINE)
        if is_code:
            self._host.scan(code)
        else:
            self._presenter.card_unknown()

    def forget(self) -> None:
        """A key that edits, or the screen is put away."""
        self._stop()
        self._stop = _nothing
        self._run.clear()

    def _cannot_be_a_tail(self) -> bool:
        text = self._run.text
        return len(text) > TAIL_DIGITS or (len(text) >= LEAST_KEYS and not text.isdigit())

    def _take_back(self) -> None:
        """No digit of a card stays, and nobody whom it seemed to name."""
        state = self._presenter.state
        if state.digits or state.scene in _PEOPLE_SHOWN:
            self._presenter.to_keypad()


def _nothing() -> None:
    return None
