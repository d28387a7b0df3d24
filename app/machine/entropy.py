"""Random bytes from the operating system."""

from __future__ import annotations

import os


class SystemEntropy:
    """Implements ``app.ports.machine.Entropy``."""

    def draw(self, count: int) -> bytes:
        """``count`` bytes nobody can foresee."""
        return os.urandom(count)
