"""Leads somebody through questions and hands over what they chose. No Qt.

Thanks are said once the answers are durable, never before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ui.parts.asking.state import Answers, AskedHow, AskedQuestion, AskingState


class Asker:
    """Who asks: keeps what was answered, and says whether the next one is asked the same."""

    def keep(self, answers: Answers, kept: Callable[[], None], failed: Callable[[], None]) -> None:
        """All is answered: keep it, then say which of the two came of it."""
        raise NotImplementedError

    def noted(self, answers: Answers, at: int) -> None:
        """So far somebody is; a power cut should take at most the touch it interrupts."""

    def begins_again(self) -> bool:
        """The thanks are over: whether the next one is asked the same; else this screen is done."""
        return True


class AskingPresenter:
    """Touches in, states out."""

    def __init__(
        self,
        state: AskingState,
        show: Callable[[AskingState], None],
        asker: Asker,
    ) -> None:
        self.state = state
        self._show, self._asker = show, asker

    def touch(self, place: int) -> None:
        """An option was touched."""
        state = self.state
        if state.is_over or state.is_waiting or place not in range(len(state.question.options)):
            return
        chosen = _chosen_after(state.question, state.chosen, place)
        answers = tuple(chosen if at == state.at else one for at, one in enumerate(state.answers))
        self._set(replace(state, answers=answers))
        if state.question.how is AskedHow.TOUCH:
            self.go_on()
        else:
            self._asker.noted(answers, state.at)

    def go_on(self) -> None:
        """The next question, or all is said."""
        state = self.state
        if state.is_over or state.is_waiting or not state.may_go_on:
            return
        if state.at + 1 < len(state.questions):
            self._set(replace(state, at=state.at + 1))
            self._asker.noted(state.answers, state.at + 1)
            return
        self.hand_over()

    def hand_over(self) -> None:
        """All is said, or the time is over: keep it as it stands."""
        state = self.state
        if not state.is_over and not state.is_waiting:
            self._set(replace(state, is_waiting=True))
            self._asker.keep(state.answers, self._on_kept, self._on_failed)

    def back(self) -> None:
        """The question before."""
        state = self.state
        if 0 < state.at < len(state.questions) and not state.is_waiting:
            self._set(replace(state, at=state.at - 1))

    def thanked(self) -> None:
        """The next one comes: nothing of the one before is left on the screen."""
        if self.state.is_over and self._asker.begins_again():
            self._set(begun(self.state.heading, self.state.questions, self.state))

    def _on_failed(self) -> None:
        self._set(replace(self.state, is_waiting=False))

    def _on_kept(self) -> None:
        if self.state.is_waiting:
            self._set(replace(self.state, is_waiting=False, at=len(self.state.questions)))

    def _set(self, state: AskingState) -> None:
        self.state = state
        self._show(state)


def begun(
    heading: str, questions: tuple[AskedQuestion, ...], before: AskingState | None = None
) -> AskingState:
    """The first question, nothing chosen yet."""
    state = AskingState(heading, questions, ((),) * len(questions))
    if before is None:
        return state
    return replace(state, thanks=before.thanks, thanks_note=before.thanks_note)


def _chosen_after(question: AskedQuestion, chosen: tuple[int, ...], place: int) -> tuple[int, ...]:
    if question.how in (AskedHow.TOUCH, AskedHow.ONE):
        return (place,)
    if place in chosen:
        return tuple(one for one in chosen if one != place)
    return (*chosen, place)
