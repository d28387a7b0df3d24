"""The centre's age key: what is carried to it on a stick is sealed for it.

It lies beside the signing key. Losing it costs only sticks that are still on their way.
"""

from __future__ import annotations

from pyrage import IdentityError, x25519

from app.domain.errors import StoreTrouble
from app.wire.side_files import Unreadable, read_small
from centre.private_files import make_private
from centre.settings import Settings

_FILE = "centre.age"


def centre_identity(settings: Settings) -> x25519.Identity:
    """The key that opens what was sealed for the centre; made when there is none yet.

    Raises:
        StoreTrouble: the file is there but is no key.
    """
    path = settings.home / _FILE
    make_private(path, _new_key)
    try:
        text = (read_small(path) or b"").decode("ascii").strip()
        return x25519.Identity.from_str(text)
    except (Unreadable, ValueError, IdentityError) as broken:
        raise StoreTrouble("centre.key_broken", path=str(path)) from broken


def centre_recipient(settings: Settings) -> str:
    """What stations seal for (``age1…``).

    Raises:
        StoreTrouble: the file is there but is no key.
    """
    return str(centre_identity(settings).to_public())


def _new_key() -> bytes:
    return str(x25519.Identity.generate()).encode("ascii")
