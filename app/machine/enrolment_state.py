"""Reads keys and enrolment at the start; repairs what it can and says what is damaged.

A damaged one never keeps the record from opening. It is told with its cure, which is mostly to
enrol anew; until then nothing is sent, and nothing is called sent.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from msgspec import Struct

from app.machine.enrolment import (
    KeptEnrolment,
    enrolled_key,
    enrolment_from,
    enrolment_text,
    keep_enrolment,
    load_or_make_key,
    opens_what_is_carried,
    read_enrolment,
    read_identity,
    read_key,
)
from app.ports.machine import Entropy
from app.wire.side_files import (
    Unreadable,
    is_in_the_way,
    keep_private,
    put_whole,
    read_small,
    set_aside,
)
from app.wire.signing import public_key_of

Told = tuple[str, tuple[tuple[str, str], ...]]
"""A sentence for people: catalogue key and its values."""
KEY_BROKEN = "trouble.key_broken"
ENROLMENT_BROKEN = "trouble.enrolment_broken"
_OWN_KEY = "own_key"
_PRIVATE = (
    "station.",
    "choices.json",
    "running.mark",
    "ballast",
    "keys",
    "journal",
    "backups",
    "damaged",
    "logs",
)
"""Beginnings of what a home holds; course files need not be hidden."""
_FOLDERS = ("keys", "journal", "backups", "damaged", "logs", "media")
_FILES = ("station.lock", "running.mark", "ballast")


class EnrolmentState(Struct, frozen=True):
    """``kept`` and ``key`` as far as they are sound; ``secret`` opens what is carried here.

    ``unable`` is the catalogue key that says why nothing can be sent, ``notices`` what people are
    told when the program starts.
    """

    kept: KeptEnrolment | None = None
    key: bytes = b""
    secret: str = ""
    unable: str = ""
    notices: tuple[Told, ...] = ()


def stand(home: Path, entropy: Entropy, copy: str = "") -> EnrolmentState:
    """Look at keys and enrolment. ``copy`` is what the store remembers of them: with it a lost
    or damaged enrolment is put back."""
    kept, found = _enrolment(home, copy)
    if kept is None:
        return EnrolmentState(unable=ENROLMENT_BROKEN if found else "", notices=found)
    key = _key(home, kept, entropy, copy)
    if key is None:
        return EnrolmentState(kept, unable=KEY_BROKEN, notices=(*found, ("notice.key_broken", ())))
    try:
        secret = read_identity(home)
    except Unreadable:
        secret = None
    if not opens_what_is_carried(kept, secret):
        secret, found = "", (*found, ("notice.stick_key_broken", ()))
    return EnrolmentState(kept, key, secret or "", notices=found)


def _key(home: Path, kept: KeptEnrolment, entropy: Entropy, copy: str) -> bytes | None:
    """The key that was enrolled; None when it is damaged, gone or another one.

    Nobody knows which it was of an enrolment of an older program that was never opened since.
    """
    enrolled = enrolled_key(kept) or _remembered(kept, copy)
    try:
        key = read_key(home)
        if key is None and enrolled is None:
            return load_or_make_key(home, entropy)
    except (Unreadable, OSError):
        return None
    if key is None or enrolled not in (None, public_key_of(key)):
        return None
    return key


def _remembered(kept: KeptEnrolment, copy: str) -> bytes | None:
    try:
        if enrolment_from(copy) != kept:
            return None
        return bytes.fromhex(str(json.loads(copy).get(_OWN_KEY, ""))) or None
    except (Unreadable, ValueError, AttributeError):
        return None


def _enrolment(home: Path, copy: str) -> tuple[KeptEnrolment | None, tuple[Told, ...]]:
    try:
        kept = read_enrolment(home)
        broken = False
    except Unreadable:
        kept, broken = None, True
    if kept is not None or not (copy or broken):
        return kept, ()
    try:
        kept = enrolment_from(copy)
        keep_enrolment(home, kept)
    except Unreadable:
        return None, ((("notice.enrolment_broken", ()),) if broken else ())
    except OSError:
        pass  # it stands for this time; the next start tries again
    return kept, (("notice.enrolment_healed", ()),)


def copy_for_store(standing: EnrolmentState, copy: str) -> str:
    """What the store remembers: the enrolment and whose public key it was; no secret."""
    if standing.kept is None or not standing.key:
        return copy
    kept = json.loads(enrolment_text(standing.kept))
    return json.dumps({**kept, _OWN_KEY: public_key_of(standing.key).hex()}, ensure_ascii=False)


def clear_the_way(home: Path) -> tuple[Told, ...]:
    """Make what a home holds its owner's, and set aside what is of another kind than it must be.

    Returns what to tell of it. Never raises.
    """
    keep_private(home, _PRIVATE)
    wrong = [home / name for name in _FOLDERS if is_in_the_way(home / name, folder=True)]
    wrong += [home / name for name in _FILES if is_in_the_way(home / name)]
    names = ", ".join(path.name for path in wrong if set_aside(path) is not None)
    return (("notice.set_aside", (("names", names),)),) if names else ()


def mend_choices(home: Path) -> tuple[Told, ...]:
    """Set a damaged file of choices aside, and keep what can be kept of it; what to tell.

    The screens read it before anything is opened, and take the usual choice for a bad one.
    """
    path = home / "choices.json"
    try:
        data = read_small(path)
        if data is None:
            return ()
        found = json.loads(data)
        good = {name: one for name, one in found.items() if _is_plain_choice(one)}
        if good == found:
            return ()
    except (Unreadable, ValueError, AttributeError, RecursionError):
        good = {}
    if set_aside(path) is None:
        return (("notice.choices_broken", ()),)
    try:
        if good:
            put_whole(path, json.dumps(good, ensure_ascii=False).encode("utf-8"))
    except (OSError, ValueError):
        pass  # the usual choices do
    return (("notice.choices_broken", ()),)


def _is_plain_choice(one: object) -> bool:
    if isinstance(one, str):
        return one.isprintable()
    return isinstance(one, bool | int) or (isinstance(one, float) and math.isfinite(one))
