"""``POST /v1/enrol`` and ``GET /v1/health``."""

from __future__ import annotations

import hashlib
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import State

from app.domain.errors import BadInput
from app.wire.codec import CONTENT_TYPE, pack, unpack
from app.wire.errors import ErrorNumber
from app.wire.messages import EnrolRequest
from app.wire.signing import ANSWER_LABEL, SIGNATURE_HEADER, sign, to_header
from centre.refusals import NotServed
from centre.service import Centre
from centre.stations.enrolling import enrol
from centre.web.admission import Lanes
from centre.web.openapi import EnrolOperation

_MOST_BYTES = 16 << 10


@get("/v1/health", media_type=MediaType.TEXT, summary="Whether the centre serves")
async def health() -> str:
    """Plain ``ok``; nothing about what is inside."""
    return "ok"


@post(
    "/v1/enrol",
    status_code=200,
    media_type=CONTENT_TYPE,
    operation_class=EnrolOperation,
    summary="Let a station in by a one-time code",
)
async def enrol_route(request: Request[Any, Any, Any], state: State) -> Response[bytes]:
    """Body and answer are packed messages; see docs/protocol.md.

    The answer is signed over the request's SHA-256 and itself.
    """
    centre: Centre = state.centre
    lanes: Lanes = state.lanes
    body = await request.body()
    answer = await lanes.run(lambda: pack(enrol(centre, _read(body))))
    signature = sign(centre.key, ANSWER_LABEL, hashlib.sha256(body).digest(), answer)
    return Response(
        content=answer,
        media_type=CONTENT_TYPE,
        status_code=200,
        headers={SIGNATURE_HEADER: to_header(signature)},
    )


def _read(body: bytes) -> EnrolRequest:
    try:
        return unpack(body, EnrolRequest, limit=_MOST_BYTES)
    except (BadInput, RecursionError) as bad:
        raise NotServed(ErrorNumber.UNREADABLE, str(bad)[:200]) from bad
