"""``POST /v1/exchange``."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.types import HTTPScope

from app.wire.codec import CONTENT_TYPE
from app.wire.signing import SIGNATURE_HEADER, to_header
from centre.intake.exchanging import Answered, serve
from centre.service import Centre
from centre.web.admission import Lanes
from centre.web.openapi import ExchangeOperation
from centre.web.signed_requests import caller, signed_request


@post(
    "/v1/exchange",
    status_code=200,
    media_type=CONTENT_TYPE,
    operation_class=ExchangeOperation,
    summary="Send facts, get receipts and feeds",
)
async def exchange_route(request: Request[Any, Any, Any], state: State) -> Response[bytes]:
    """Body and answer are packed messages; see docs/protocol.md."""
    centre: Centre = state.centre
    lanes: Lanes = state.lanes
    answered = await answer_exchange(centre, lanes, request.scope, await request.body())
    return Response(
        content=answered.body,
        media_type=CONTENT_TYPE,
        status_code=200,
        headers={SIGNATURE_HEADER: to_header(answered.signature)},
    )


async def answer_exchange(centre: Centre, lanes: Lanes, scope: HTTPScope, body: bytes) -> Answered:
    """Serve one exchange in its lane; ``centre.web.fast_path`` comes here without the framework.

    Raises:
        NotServed: refused, or told to come back later.
    """
    signed = signed_request(scope, body)
    return await lanes.exchange(
        caller(scope, signed),
        lambda: serve(centre, signed, lambda station: lanes.count_exchange(station.station)),
    )
