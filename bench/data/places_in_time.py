"""How fast a session passes in a run: a line of corners between both clocks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


class Timetable:
    """Corners are (seconds of the run, seconds of the session), both rising.

    What lies before the first corner has happened before the run, as long ago as it says.
    """

    def __init__(self, corners: Sequence[tuple[float, float]]) -> None:
        self._corners = tuple(corners)

    @property
    def last_s(self) -> float:
        """The last moment of the session that the run comes to."""
        return self._corners[-1][1]

    def run_s(self, session_s: float) -> float:
        """When a moment of the session comes in the run; below 0 when it has been."""
        first_run, first_session = self._corners[0]
        if session_s <= first_session:
            return min(first_run - (first_session - session_s), -1e-3)
        for (run_a, session_a), (run_b, session_b) in pairwise(self._corners):
            if session_s <= session_b:
                return run_a + (session_s - session_a) * (run_b - run_a) / (session_b - session_a)
        return float("inf")
