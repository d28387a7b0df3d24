"""``GET /v1/identity``: the centre proves to whoever asks that it holds its key.

It is what a station asks before it says its one-time code, and again when the centre
shows another certificate than the pinned one.
"""

from __future__ import annotations

from litestar import Response, get
from litestar.datastructures import State
from litestar.params import FromQuery

from app.wire.codec import CONTENT_TYPE, pack
from app.wire.errors import ErrorNumber
from app.wire.introduction import FEWEST_NONCE_BYTES, MOST_NONCE_BYTES, introduce
from centre.refusals import NotServed
from centre.service import Centre
from centre.tls import fingerprint, first_certificate
from centre.web.openapi import IdentityOperation


@get(
    "/v1/identity",
    media_type=CONTENT_TYPE,
    operation_class=IdentityOperation,
    summary="Who this centre is",
)
async def identity_route(state: State, nonce: FromQuery[str] = "") -> Response[bytes]:
    """The answer is a packed ``Identity``; see docs/protocol.md."""
    centre: Centre = state.centre
    return Response(content=pack(_introduced(centre, _read(nonce))), media_type=CONTENT_TYPE)


def _introduced(centre: Centre, nonce: bytes) -> object:
    path = centre.settings.certificate
    shown = b"" if path is None else fingerprint(first_certificate(path))
    return introduce(centre.key, centre.id, shown, nonce)


def _read(nonce: str) -> bytes:
    try:
        raw = (
            bytes.fromhex(nonce) if nonce.isascii() and len(nonce) <= 2 * MOST_NONCE_BYTES else b""
        )
    except ValueError:
        raw = b""
    if len(raw) < FEWEST_NONCE_BYTES:
        raise NotServed(ErrorNumber.UNREADABLE, "nonce")
    return raw
