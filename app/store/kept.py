"""What every sign-in asks and hardly anything changes: read once, then kept in the process.

Only what stands in the file is kept. It is forgotten when another connection wrote (SQLite counts
that), when a unit of work fails or writes more than facts, and when a fact touches it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection

_WRITTEN_BY_OTHERS = "PRAGMA data_version"
_MOST_OF_A_KIND = 20
Answer = TypeVar("Answer")


class Kept:
    """Answers to questions, each under what is asked and of which; ``follow`` comes first in each
    transaction."""

    def __init__(self) -> None:
        self._version = -1
        self._answers: dict[str, dict[Hashable, Any]] = {}

    def ask(self, what: str, of: Hashable, read: Callable[[], Answer]) -> Answer:
        """The answer that is kept, or else what ``read`` finds."""
        answers = self._answers.setdefault(what, {})
        if of not in answers:
            found = read()
            if len(answers) >= _MOST_OF_A_KIND:
                answers.clear()
            answers[of] = found
        answer: Answer = answers[of]
        return answer

    def forget(self, *whats: str) -> None:
        """All answers to these questions are read anew; without any named, all there are."""
        for what in whats or tuple(self._answers):
            self._answers.pop(what, None)

    def drop(self, what: str, of: Hashable) -> None:
        """One answer is read anew."""
        self._answers.get(what, {}).pop(of, None)

    def all_of(self, what: str) -> dict[Hashable, Any]:
        """What is kept now of one question; what is changed in it must stand in the file, too."""
        return self._answers.get(what, {})

    def questions(self) -> tuple[str, ...]:
        """What something is kept of."""
        return tuple(self._answers)

    def follow(self, conn: Connection) -> None:
        """Forget everything if another connection wrote since the last transaction."""
        driver: Any = conn.connection.driver_connection
        (version,) = driver.execute(_WRITTEN_BY_OTHERS).fetchone()
        if version != self._version:
            self._version = version
            self.forget()
