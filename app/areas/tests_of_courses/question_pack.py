"""A pack of questions as it travels: sealed until its opening, then as plain values.

The item model is a part of QTI 3: ``single`` and ``true_false`` are choice interactions with one
correct response, ``multiple`` one with several, ``order`` an order interaction; an option's place
is its identifier. A wrong choice of several earns nothing: there are no parts of a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from app.domain.values import dataclass

MOST_QUESTIONS = 200
MOST_OPTIONS = 8


class QuestionKind(StrEnum):
    """How a question is answered; the words travel in packs and never change."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """One question; ``right`` are places of options, in their order where that is asked for."""

    kind: QuestionKind
    text: str
    options: tuple[str, ...]
    right: tuple[int, ...]

    def is_right(self, chosen: Sequence[int]) -> bool:
        """Whether that is the answer."""
        if self.kind is QuestionKind.ORDER:
            return tuple(chosen) == self.right
        return bool(chosen) and set(chosen) == set(self.right)


@dataclass(frozen=True, slots=True)
class PackContent:
    """What is sealed."""

    questions: tuple[PackQuestion, ...]


@dataclass(frozen=True, slots=True)
class QuestionPack:
    """A row of the catalogue: what everybody may know of a pack, and its sealed content as text.

    ``opens`` is a local moment as ``2026-11-26 19:30``; ``minutes`` limits the time, 0 does not.
    """

    id: str
    name: str
    opens: str
    count: int
    sealed: str
    minutes: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class PackKey:
    """A row of the catalogue, published when a pack is opened: the key to its content."""

    id: str
    name: str
    key: str
    stopped: bool = False


def marked(questions: Sequence[PackQuestion], answers: Sequence[Sequence[int]]) -> int:
    """How many were answered right; a question without an answer is none."""
    return sum(one.is_right(chosen) for one, chosen in zip(questions, answers, strict=False))


def why_wrong(question: PackQuestion) -> str:
    """Why a question can't be asked, as the end of a catalogue key; empty when it can."""
    options, right, kind = question.options, question.right, question.kind
    if not question.text:
        return "no_text"
    if not 2 <= len(options) <= MOST_OPTIONS or not all(options) or len({*options}) < len(options):
        return "options"
    if (
        not right
        or len({*right}) < len(right)
        or not all(one in range(len(options)) for one in right)
    ):
        return "right"
    if kind is QuestionKind.ORDER:
        return "" if len(right) == len(options) else "right"
    return "" if kind is QuestionKind.MULTIPLE or len(right) == 1 else "right"
