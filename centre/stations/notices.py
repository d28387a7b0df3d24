"""What a station is told about itself with each answer: words for people, a fresh credential."""

from __future__ import annotations

from app.domain.values import dataclass
from app.wire.messages import SignedCredential
from centre.service import Centre
from centre.stations.credentials import Credential, Standing
from centre.stations.vouching import life_ms, vouch
from centre.store.station_row import StationRow

TOLD_FOR_MS = 24 * 3_600_000
"""How long something is told: a strange thing after it was noticed, a credential after renewal."""

SEEN_EVERY_MS = 3_600_000
"""That a station was there without sending is written down no more often than this."""

_MOST_MS = 1 << 60

_WORDS: dict[Standing, tuple[str, ...]] = {
    Standing.ACTIVE: (),
    Standing.REVOKED: ("revoked",),
    Standing.REPLACED: ("revoked", "replaced"),
    Standing.EXPIRED: ("expired",),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Words of ``NOTICES``; the renewed credential, if there is one, and when it ends.

    ``to_note`` says that it is to be written down in the station's row.
    """

    notices: tuple[str, ...]
    credential: SignedCredential | None = None
    expires_ms: int | None = None
    agreed_facts: int | None = None
    to_note: bool = False
    offset_ms: int | None = None


def visit(
    centre: Centre,
    station: Credential,
    row: StationRow,
    agreed_facts: int | None,
    wall_ms: int,
) -> Visit:
    """What to tell a station now.

    ``agreed_facts`` is how many facts both sides hold, None when they do not agree; ``wall_ms``
    is what its clock shows.
    """
    notices = _WORDS[station.standing]
    if centre.sense.doubted:
        notices = (*notices, "centre_clock")
    if not station.trusted:
        return Visit(notices)
    now = centre.now_ms()
    if row.copied_ms is not None and now - row.copied_ms < TOLD_FOR_MS:
        notices = (*notices, "copied")
    elif row.put_back_ms is not None and now - row.put_back_ms < TOLD_FOR_MS:
        notices = (*notices, "put_back")
    renews = station.active and not centre.sense.doubted
    expires_ms = _renewed(centre, row.expires_ms, row.enrolled_ms, now) if renews else None
    is_news = expires_ms is not None and expires_ms != row.expires_ms
    is_news = is_news or agreed_facts != row.agreed_facts
    to_note = is_news or row.seen_ms is None or now - row.seen_ms > SEEN_EVERY_MS
    credential = _credential(centre, station, expires_ms)
    offset_ms = min(max(wall_ms - now, -_MOST_MS), _MOST_MS)
    return Visit(notices, credential, expires_ms, agreed_facts, to_note, offset_ms)


def _renewed(centre: Centre, expires_ms: int | None, enrolled_ms: int, now: int) -> int | None:
    """When the credential to give now ends; None when the station has no need of one.

    One that was renewed is given again for a day, in case the answer got lost.
    """
    life = life_ms(centre)
    if expires_ms is None or (expires_ms - now) * 3 < life:
        return now + life
    issued_ms = expires_ms - life
    if issued_ms > enrolled_ms and now - issued_ms < TOLD_FOR_MS:
        return expires_ms
    return None


def _credential(
    centre: Centre, station: Credential, expires_ms: int | None
) -> SignedCredential | None:
    if expires_ms is None or not station.keys:
        return None
    return vouch(
        centre,
        station=station.station,
        site=station.site,
        public_key=station.keys[0],
        recipient=station.recipient,
        expires_ms=expires_ms,
    )
