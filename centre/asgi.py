"""The application factory: settings in, ASGI application out.

Each request's work runs in a thread with its own database connection; a bounded number
at once, and whoever finds the queue full is told when to come back.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.wire.codec import CONTENT_TYPE, pack
from app.wire.errors import ErrorNumber
from app.wire.messages import MAJOR, MAX_BODY_BYTES, MINOR, ErrorAnswer
from centre.courses.routes import media_file
from centre.intake.routes import exchange_route
from centre.interpretation.pending import interpret_all
from centre.lanes import Lanes
from centre.refusals import NotServed
from centre.service import Clock, open_centre, wall_clock
from centre.settings import Settings
from centre.stations.routes import enrol_route, health

_LOG = logging.getLogger("centre")
_COME_BACK_S = 15
_AnyRequest = Request[Any, Any, Any]


def create_app(settings: Settings, *, now_ms: Clock = wall_clock) -> Litestar:
    """Open the centre and build the application; it is closed when the application stops.

    Raises:
        StoreTrouble: the store or the key cannot be used.
    """
    centre = open_centre(settings, now_ms=now_ms)

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        lanes = Lanes(settings.exchanges_a_minute)
        app.state.lanes = lanes
        await lanes.run(lambda: interpret_all(centre))
        try:
            yield
        finally:
            centre.close()

    return Litestar(
        route_handlers=[health, enrol_route, exchange_route, media_file],
        lifespan=[running],
        state=State({"centre": centre}),
        exception_handlers=_EXCEPTIONS,
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=OpenAPIConfig(
            title="Centre of the learning stations",
            version=f"{MAJOR}.{MINOR}",
            path="/schema",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        logging_config=None,
    )


def _answer(refusal: NotServed) -> Response[bytes]:
    headers = {} if not refusal.retry_after_s else {"Retry-After": str(refusal.retry_after_s)}
    message = ErrorAnswer(int(refusal.number), refusal.detail, refusal.retry_after_s)
    return Response(
        content=pack(message),
        media_type=CONTENT_TYPE,
        status_code=refusal.status,
        headers=headers,
    )


def _on_refusal(_request: _AnyRequest, refusal: Exception) -> Response[bytes]:
    if not isinstance(refusal, NotServed):
        raise refusal
    return _answer(refusal)


def _on_http_trouble(_request: _AnyRequest, trouble: Exception) -> Response[bytes]:
    """What the framework itself refuses: no such path, wrong method, body too large."""
    status = trouble.status_code if isinstance(trouble, HTTPException) else 400
    number = {404: ErrorNumber.NOT_FOUND, 413: ErrorNumber.TOO_LARGE}.get(
        status, ErrorNumber.UNREADABLE if status < 500 else ErrorNumber.BUSY
    )
    wait_s = 0 if status < 500 else _COME_BACK_S
    return _answer(NotServed(number, "", status=min(status, 503), retry_after_s=wait_s))


def _on_store_trouble(_request: _AnyRequest, trouble: Exception) -> Response[bytes]:
    _LOG.error("store: %s", trouble)
    return _answer(NotServed(ErrorNumber.STORE_DOWN, retry_after_s=_COME_BACK_S))


def _on_anything_else(_request: _AnyRequest, trouble: Exception) -> Response[bytes]:
    _LOG.error("not foreseen", exc_info=trouble)
    return _answer(NotServed(ErrorNumber.BUSY, "trouble at the centre", retry_after_s=60))


_EXCEPTIONS: ExceptionHandlersMap = {
    NotServed: _on_refusal,
    HTTPException: _on_http_trouble,
    DBAPIError: _on_store_trouble,
    NoConnectionFree: _on_store_trouble,
    Exception: _on_anything_else,
}
