"""How large a handout may be; both sides of its line keep to this."""

from __future__ import annotations

MOST_BYTES = 100_000_000
"""A larger file is refused: it is held in memory, so that the stick may be taken out."""
MOST_PAGES = 2_000
MOST_PIXELS = 8_300_000
"""A page is never drawn larger than a 4K screen."""
