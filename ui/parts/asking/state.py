"""What is asked and how far somebody is: frozen values, no Qt."""

from __future__ import annotations

from enum import StrEnum

from app.domain.values import dataclass

Answers = tuple[tuple[int, ...], ...]
"""For each question the places of what was chosen, in the order in which it was."""


class AskedHow(StrEnum):
    """How a question is answered."""

    TOUCH = "touch"
    """One touch answers it and leads on."""
    ONE = "one"
    SEVERAL = "several"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class AskedOption:
    """One thing to choose; with an icon it is shown as a face over its word."""

    word: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question with its options."""

    text: str
    options: tuple[AskedOption, ...]
    how: AskedHow = AskedHow.ONE
    note: str = ""
    may_skip: bool = False


@dataclass(frozen=True, slots=True)
class AskingState:
    """Where somebody stands; ``at`` past the last question means that all is said."""

    heading: str
    questions: tuple[AskedQuestion, ...]
    answers: Answers
    at: int = 0
    thanks: str = ""
    thanks_note: str = ""
    is_waiting: bool = False
    """While what was said is being kept."""

    @property
    def is_over(self) -> bool:
        """Whether everything was answered and kept."""
        return self.at >= len(self.questions)

    @property
    def question(self) -> AskedQuestion:
        """The one on the screen."""
        return self.questions[min(self.at, len(self.questions) - 1)]

    @property
    def chosen(self) -> tuple[int, ...]:
        """What was chosen of it."""
        return self.answers[min(self.at, len(self.questions) - 1)]

    @property
    def may_go_on(self) -> bool:
        """Whether the question is answered, or need not be."""
        needs = len(self.question.options) if self.question.how is AskedHow.ORDER else 1
        return self.question.may_skip or len(self.chosen) >= needs
