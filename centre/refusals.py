"""What the service answers when it does not do what was asked: a number, a status, a word.

The number tells a station what to do (``app.wire.errors``); the HTTP status says the same
to everything between.
"""

from __future__ import annotations

from app.wire.errors import ErrorNumber

_STATUS: dict[ErrorNumber, int] = {
    ErrorNumber.BUSY: 503,
    ErrorNumber.STORE_DOWN: 503,
    ErrorNumber.UNREADABLE: 400,
    ErrorNumber.TOO_LARGE: 413,
    ErrorNumber.NOT_FOUND: 404,
    ErrorNumber.DAMAGED: 404,
    ErrorNumber.TOO_NEW: 400,
    ErrorNumber.UNKNOWN_STATION: 401,
    ErrorNumber.BAD_SIGNATURE: 401,
    ErrorNumber.OUT_OF_SCOPE: 403,
    ErrorNumber.BAD_CODE: 403,
}


class NotServed(Exception):
    """A request that is refused; nothing of it was kept unless the detail says otherwise."""

    def __init__(
        self,
        number: ErrorNumber,
        detail: str = "",
        *,
        retry_after_s: int = 0,
        status: int | None = None,
    ) -> None:
        super().__init__(f"{number.name} {detail}".strip())
        self.number = number
        self.detail = detail
        self.retry_after_s = retry_after_s
        self.status = _STATUS[number] if status is None else status
