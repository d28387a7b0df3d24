"""How turnout counts a session line, as bits of one number: what SQL adds up fastest."""

from __future__ import annotations

EXPECTED, LEFT_OUT, VISITOR, CAME, ON_LEAVE, PENDING, VISITED, SEATED = (1 << n for n in range(8))
"""``SEATED`` is set for every line that counts at all: not sent back, not on another sheet too."""
