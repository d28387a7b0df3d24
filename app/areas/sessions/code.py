"""The session code: eight characters by which a session's record can be known again.

It is the head of the chain at the session's close, short enough for the projector, the
printed sheet and a telephone; the centre and an auditor compute it anew.
"""

from __future__ import annotations

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def session_code(closing_hash: str) -> str:
    """The code of the fact that closed the session (its chain hash, hex): ``XXXX-XXXX``.

    The first 40 bits in Crockford's base 32, which has no letters that look like digits.
    """
    bits = int(closing_hash[:10], 16)
    letters = [_LETTERS[(bits >> shift) & 31] for shift in range(35, -1, -5)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
