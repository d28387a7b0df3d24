"""What a refusal of the centre means to the station."""

from __future__ import annotations

import logging

from app.domain.errors import BadInput, LinkTrouble, MediaTrouble, StationTrouble
from app.wire.codec import unpack
from app.wire.errors import ErrorNumber, word_key
from app.wire.messages import ErrorAnswer

_log = logging.getLogger("sync")

_MOST_WAIT_S = 3600
_BEYOND_THE_END = 416
_STRANGER = (ErrorNumber.UNKNOWN_STATION, ErrorNumber.BAD_SIGNATURE)


def refusal(status: int, data: bytes) -> LinkTrouble:
    """A refused request as trouble; ``values["retry_after_s"]`` says in how many seconds
    the centre wants to be asked again (0: it did not say; never more than an hour)."""
    try:
        error = unpack(data, ErrorAnswer)
    except BadInput:
        return LinkTrouble("link.silent" if status >= 500 else "link.nonsense", status=status)
    _log.info("the centre refused: %s", error.number)
    wait_s = min(max(error.retry_after_s, 0), _MOST_WAIT_S)
    return LinkTrouble(word_key(error.number), number=error.number, retry_after_s=wait_s)


def file_refusal(status: int, data: bytes) -> StationTrouble:
    """A course file that is not sent: of some refusals it is known that the file is at fault."""
    if status == _BEYOND_THE_END:
        return MediaTrouble("media.centre_damaged", title="")
    refused = refusal(status, data)
    if refused.values.get("number") == ErrorNumber.NOT_FOUND:
        return MediaTrouble("media.centre_lost", title="")
    if refused.values.get("number") == ErrorNumber.DAMAGED:
        return MediaTrouble("media.centre_damaged", title="")
    return refused


def refused_as_stranger(status: int, data: bytes) -> bool:
    """Whether the centre does not know this station, or not by this key."""
    if status < 400:
        return False
    try:
        return unpack(data, ErrorAnswer).number in _STRANGER
    except BadInput:
        return False
