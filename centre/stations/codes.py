"""One-time codes for enrolment: XXXX-XXXX-XXXX, easy to read over a telephone.

The first four characters name the code, the other eight (40 random bits) are its
secret and are kept only as a scrypt hash. A code works for one station key, for seven
days, and is closed for an hour after five wrong tries.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.values import dataclass
from app.wire.errors import ErrorNumber
from centre.refusals import NotServed
from centre.service import Centre
from centre.store.tables import enrol_codes

LIFETIME_MS = 7 * 24 * 3_600_000
WRONG_TRIES = 5
WRONG_TRIES_WINDOW_MS = 3_600_000

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "－": None})


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code as it is read out; nobody can read it again later."""

    code: str
    site: str
    expires_ms: int


@dataclass(frozen=True, slots=True)
class UsableCode:
    """A code that was spelled rightly; ``station`` is whom it let in before, if anybody.

    ``for_station`` is whose place the PC that uses it takes.
    """

    name: str
    site: str
    station: str | None
    for_station: str | None


def new_code(centre: Centre, site: str, *, for_station: str | None = None) -> NewCode:
    """Make a code that lets one station in to ``site`` (an id), or in the place of a station."""
    now = centre.now_ms()
    with centre.store.writing() as tx:
        tx.execute(delete(enrol_codes).where(enrol_codes.c.expires_ms < now))
        taken = set(tx.scalars(select(enrol_codes.c.name)))
        name = _letters(4)
        while name in taken:
            name = _letters(4)
        secret, salt = _letters(8), secrets.token_bytes(16)
        expires_ms = now + LIFETIME_MS
        tx.execute(
            insert(enrol_codes).values(
                name=name,
                salt=salt,
                hash=_hash(secret, salt),
                site=site,
                for_station=for_station,
                made_ms=now,
                expires_ms=expires_ms,
                wrong_tries=0,
                tries_from_ms=now,
            )
        )
    return NewCode(f"{name}-{secret[:4]}-{secret[4:]}", site, expires_ms)


def check_code(centre: Centre, spelled: str) -> UsableCode:
    """Find the code that was spelled, counting wrong tries.

    Raises:
        NotServed: wrong, too old, or closed because of too many wrong tries.
    """
    letters = spelled.upper().translate(_MISREAD)
    if len(letters) != 12 or any(one not in _CROCKFORD for one in letters):
        raise NotServed(ErrorNumber.BAD_CODE, "misspelled")
    name, secret = letters[:4], letters[4:]
    now = centre.now_ms()
    with centre.store.writing() as tx:
        _take_a_try(tx, name, now)
    with centre.store.reading() as tx:
        row = tx.execute(select(enrol_codes).where(enrol_codes.c.name == name)).one_or_none()
    if row is None or row.expires_ms < now:
        raise NotServed(ErrorNumber.BAD_CODE, "unknown or expired")
    if not hmac.compare_digest(_hash(secret, row.salt), row.hash):
        raise NotServed(ErrorNumber.BAD_CODE, "wrong")
    with centre.store.writing() as tx:
        tx.execute(update(enrol_codes).where(enrol_codes.c.name == name).values(wrong_tries=0))
    return UsableCode(name, row.site, row.station, row.for_station)


def use_code(tx: Connection, name: str, station: str, now_ms: int) -> bool:
    """Bind a code to a station; False when another station came first."""
    done = tx.execute(
        update(enrol_codes)
        .where(enrol_codes.c.name == name, enrol_codes.c.used_ms.is_(None))
        .values(used_ms=now_ms, station=station)
    )
    return done.rowcount == 1


def _take_a_try(tx: Connection, name: str, now: int) -> None:
    """Count the try before the secret is looked at, so that parallel tries cannot slip by."""
    row = tx.execute(
        select(enrol_codes.c.wrong_tries, enrol_codes.c.tries_from_ms)
        .where(enrol_codes.c.name == name)
        .with_for_update()
    ).one_or_none()
    if row is None:
        return
    tries, since = row.wrong_tries, row.tries_from_ms
    if now - since > WRONG_TRIES_WINDOW_MS:
        tries, since = 0, now
    if tries >= WRONG_TRIES:
        wait_s = (since + WRONG_TRIES_WINDOW_MS - now) // 1000 + 1
        raise NotServed(ErrorNumber.BAD_CODE, "too many tries", retry_after_s=wait_s, status=429)
    tx.execute(
        update(enrol_codes)
        .where(enrol_codes.c.name == name)
        .values(wrong_tries=tries + 1, tries_from_ms=since)
    )


def _letters(count: int) -> str:
    return "".join(secrets.choice(_CROCKFORD) for _ in range(count))


def _hash(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=1 << 14, r=8, p=1, maxmem=64 << 20)
