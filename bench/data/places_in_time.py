"""How fast an evening passes in a run: a line of corners between both clocks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


class Timetable:
    """Corners are (seconds of the run, seconds of the evening), both rising.

    What lies before the first corner has happened before the run, as long ago as it says.
    """

    def __init__(self, corners: Sequence[tuple[float, float]]) -> None:
        self._corners = tuple(corners)

    @property
    def last_s(self) -> float:
        """The last moment of the evening that the run comes to."""
        return self._corners[-1][1]

    def run_s(self, evening_s: float) -> float:
        """When a moment of the evening comes in the run; below 0 when it has been."""
        first_run, first_evening = self._corners[0]
        if evening_s <= first_evening:
            return min(first_run - (first_evening - evening_s), -1e-3)
        for (run_a, evening_a), (run_b, evening_b) in pairwise(self._corners):
            if evening_s <= evening_b:
                return run_a + (evening_s - evening_a) * (run_b - run_a) / (evening_b - evening_a)
        return float("inf")
