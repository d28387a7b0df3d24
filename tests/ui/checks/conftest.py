"""The operator's desk, for the checks of the design that cross several screens."""

from __future__ import annotations

from tests.ui.operator.conftest import clock, opened, stand

__all__ = ["clock", "opened", "stand"]
