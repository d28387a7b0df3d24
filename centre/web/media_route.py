"""``GET /v1/media/{sha256}``: a course file, or a range of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Stream

from centre.courses.ranges import OutsideFile, read_range
from centre.courses.watching import Watch
from centre.service import Centre
from centre.stations.credentials import recognise_active
from centre.stations.signed import SignedRequest
from centre.web.admission import Lanes
from centre.web.openapi import MediaOperation
from centre.web.signed_requests import signed_request

_CHUNK_BYTES = 256 << 10
_OCTETS = "application/octet-stream"


@get(
    "/v1/media/{sha256:str}",
    media_type=_OCTETS,
    operation_class=MediaOperation,
    summary="A course file by its hash",
)
async def media_file(
    request: Request[Any, Any, Any], state: State, sha256: FromPath[str]
) -> Response[bytes] | Stream:
    """Signed like an exchange with an empty body; ``Range`` of one range is understood."""
    centre: Centre = state.centre
    lanes: Lanes = state.lanes
    watch: Watch = state.course_watch
    signed = signed_request(request.scope, b"")
    lanes.room_for_course()
    path, size = await lanes.course(lambda: _find(centre, watch, signed, sha256))
    headers = {"ETag": f'"{sha256}"', "Accept-Ranges": "bytes"}
    asked = request.headers.get("range")
    if request.headers.get("if-range", headers["ETag"]) != headers["ETag"]:
        asked = None
    try:
        span = read_range(asked, size)
    except OutsideFile:
        headers["Content-Range"] = f"bytes */{size}"
        return Response(content=b"", media_type=_OCTETS, status_code=416, headers=headers)
    first, last = (0, size - 1) if span is None else span
    headers["Content-Length"] = str(last - first + 1)
    if span is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return Stream(
        _chunks(lanes, path, first, last - first + 1),
        media_type=_OCTETS,
        status_code=200 if span is None else 206,
        headers=headers,
    )


def _find(centre: Centre, watch: Watch, signed: SignedRequest, sha256: str) -> tuple[Path, int]:
    recognise_active(centre, signed)
    return watch.to_serve(sha256)


async def _chunks(lanes: Lanes, path: Path, start: int, length: int) -> AsyncIterator[bytes]:
    with lanes.course_on_its_way(), await lanes.piece_of_course(lambda: path.open("rb")) as opened:
        opened.seek(start)
        while length > 0:
            chunk = await lanes.piece_of_course(partial(opened.read, min(_CHUNK_BYTES, length)))
            if not chunk:
                return
            length -= len(chunk)
            yield chunk
