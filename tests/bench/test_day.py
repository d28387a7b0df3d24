"""The slope that says whether memory grows."""

from __future__ import annotations

import pytest

from bench.station.day import slope


def test_a_line_has_its_slope_and_noise_about_it_changes_little() -> None:
    hours = [number / 2 for number in range(16)]
    assert slope(hours, [200 + 3 * hour for hour in hours]) == pytest.approx(3)
    wobble = [200 + (1 if number % 2 else -1) for number in range(16)]
    assert abs(slope(hours, wobble)) < 0.2
    assert slope([1.0], [200.0]) == 0.0
