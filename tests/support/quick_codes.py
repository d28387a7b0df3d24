"""Enrolment codes whose hash costs nothing, for centres of this process alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from centre.stations import codes


@contextmanager
def quick_codes() -> Iterator[None]:
    """Inside, a code is hashed at once: slow ones are for guessers, of whom there are none here.

    A centre in a process of its own knows nothing of it: its codes work there only.
    """
    slow = codes._hash
    codes._hash = lambda secret, salt: hashlib.sha256(salt + secret.encode()).digest()
    try:
        yield
    finally:
        codes._hash = slow
