"""The application factory: settings in, ASGI application out.

Each request's work runs in a thread with its own database connection; a bounded number
at once, and whoever finds the queue full is told when to come back.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import run_sync
from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ExceptionHandlersMap, HTTPScope
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.wire.errors import ErrorNumber
from app.wire.messages import MAJOR, MAX_BODY_BYTES, MINOR
from centre.courses.watching import Watch
from centre.intake.exchanging import Answered
from centre.interpretation.reader import Reader
from centre.opening import open_centre
from centre.refusals import NotServed
from centre.service import Clock, wall_clock
from centre.settings import Settings
from centre.web.admission import Lanes
from centre.web.enrol_route import enrol_route, health
from centre.web.exchange_route import answer_exchange, exchange_route
from centre.web.fast_path import FastPath, refused
from centre.web.identity_route import identity_route
from centre.web.media_route import media_file

_LOG = logging.getLogger("centre")
_COME_BACK_S = 15
_RECORDS_AT_ONCE = {True: 2, False: 3}
"""By whether the store has one writer."""
_AnyRequest = Request[Any, Any, Any]


def create_app(
    settings: Settings,
    *,
    now_ms: Clock = wall_clock,
    ready: Callable[[], object] = lambda: None,
) -> FastPath:
    """Open the centre and build the application; it is closed when the application stops.

    ``ready`` is called once it can serve.

    Raises:
        StoreTrouble: the store or the key cannot be used.
    """
    centre = open_centre(settings, now_ms=now_ms)

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        lanes = Lanes(settings.exchanges_a_minute, _RECORDS_AT_ONCE[centre.store.is_sqlite])
        app.state.lanes = lanes
        reader = Reader(centre)
        reader.start()
        watch = app.state.course_watch = Watch(centre)
        watch.start()
        ready()
        try:
            yield
        finally:
            lanes.close()
            await run_sync(watch.stop)
            await run_sync(reader.stop)
            centre.close()

    async def exchange(scope: HTTPScope, body: bytes) -> Answered:
        return await answer_exchange(centre, framework.state.lanes, scope, body)

    framework = Litestar(
        route_handlers=[health, identity_route, enrol_route, exchange_route, media_file],
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
    return FastPath(framework, exchange, refusal_for)


def refusal_for(trouble: Exception) -> NotServed:
    """What any trouble is answered with."""
    if isinstance(trouble, NotServed):
        return trouble
    if isinstance(trouble, HTTPException):
        return _refusal_of_framework(trouble.status_code)
    if isinstance(trouble, DBAPIError | NoConnectionFree):
        _LOG.error("store: %s", _nameless(trouble))
        return NotServed(ErrorNumber.STORE_DOWN, retry_after_s=_COME_BACK_S)
    where = "".join(traceback.format_tb(trouble.__traceback__))
    _LOG.error("not foreseen: %s\n%s", type(trouble).__name__, where)
    return NotServed(ErrorNumber.BUSY, "trouble at the centre", retry_after_s=60)


def _nameless(trouble: DBAPIError | NoConnectionFree) -> str:
    """What failed, without the statement and the values in it: a log keeps no names."""
    orig = getattr(trouble, "orig", None)
    code = getattr(orig, "sqlstate", None) or getattr(orig, "sqlite_errorname", None)
    return f"{type(trouble).__name__} {code or ''}".strip()


def _refusal_of_framework(status: int) -> NotServed:
    """What the framework itself refuses: no such path, wrong method, body too large."""
    number = {404: ErrorNumber.NOT_FOUND, 413: ErrorNumber.TOO_LARGE}.get(
        status, ErrorNumber.UNREADABLE if status < 500 else ErrorNumber.BUSY
    )
    wait_s = 0 if status < 500 else _COME_BACK_S
    return NotServed(number, "", status=min(status, 503), retry_after_s=wait_s)


def _answer(_request: _AnyRequest, trouble: Exception) -> Response[bytes]:
    status, headers, content = refused(refusal_for(trouble))
    named = {name.decode(): value.decode() for name, value in headers}
    return Response(
        content=content,
        media_type=named.pop("content-type"),
        status_code=status,
        headers=named,
    )


_EXCEPTIONS: ExceptionHandlersMap = {HTTPException: _answer, Exception: _answer}
