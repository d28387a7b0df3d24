"""What the centre vouches for: this key speaks for this station until then.

A credential is worked out of the station's row, so it can be said again word for word when
an answer got lost.
"""

from __future__ import annotations

from app.wire.codec import write_row
from app.wire.messages import Credential, SignedCredential
from app.wire.signing import CREDENTIAL_LABEL, sign
from centre.feeds.scopes import scopes_of
from centre.service import Centre

_DAY_MS = 24 * 3_600_000


def life_ms(centre: Centre) -> int:
    """How long a new credential holds."""
    return centre.settings.credential_days * _DAY_MS


def vouch(
    centre: Centre,
    *,
    station: str,
    site: str,
    public_key: bytes,
    recipient: str,
    expires_ms: int,
) -> SignedCredential:
    """The signed credential of a station; ``expires_ms`` is when it ends (UTC)."""
    data = write_row(
        Credential(
            station=station,
            site=site,
            public_key=public_key,
            scopes=scopes_of(site),
            issued_ms=expires_ms - life_ms(centre),
            expires_ms=expires_ms,
            recipient=recipient,
        )
    )
    return SignedCredential(data, sign(centre.key, CREDENTIAL_LABEL, data))
