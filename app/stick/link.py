"""The stick as the way to the centre: what would go over HTTP, left and found as sealed files.

The request's bytes and signature are those of the HTTP way. Its nonce is made so that this
station knows it again without keeping it: only answers to questions of its own count.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from app.areas.courses.course import CourseFile
from app.domain.errors import BadInput, MediaTrouble
from app.ports.machine import Entropy
from app.ports.stick import StickContents
from app.wire.codec import pack, unpack
from app.wire.messages import ExchangeAnswer, ExchangeRequest, Parcel, SignedCredential
from app.wire.signing import ANSWER_LABEL, REQUEST_LABEL, framed, request_parts, sign, verifies
from app.wire.sticks.folder import is_plain_file, open_stick
from app.wire.sticks.layout import DOWN, FAT_FILE_BYTES, MEDIA, TOP, UP, is_part_name
from app.wire.sticks.looking import DAMAGED, FOREIGN, UNSEEN, Look, Unfit, stream
from app.wire.sticks.sealing import open_part, read_identity, seal
from app.wire.sticks.troubles import StickTrouble
from app.wire.sticks.writing import holds, place_on, put

_NONCE_LABEL = b"yj-stick-nonce-1"
_HALF_NONCE_BYTES = 16


class StickLink:
    """Implements ``app.ports.stick.Stick`` for one enrolled station."""

    def __init__(
        self,
        *,
        station: str,
        private_key: bytes,
        centre_key: bytes,
        centre_recipient: str,
        identity: str,
        entropy: Entropy,
        credential: SignedCredential | None = None,
    ) -> None:
        self._station = station
        self._private_key = private_key
        self._centre_key = centre_key
        self._centre_recipient = centre_recipient
        self._identity = identity
        self._entropy = entropy
        self._credential = credential

    def send(self, root: Path, request: ExchangeRequest) -> str:
        """See the port."""
        body = pack(replace(request, nonce=self._new_nonce()))
        nonce = self._entropy.draw(16).hex()
        parts = request_parts("POST", "/v1/exchange", nonce, body)
        signature = sign(self._private_key, REQUEST_LABEL, *parts)
        parcel = Parcel(
            "request",
            self._station,
            nonce,
            signature,
            body,
            made_ms=request.wall_ms,
            credential=self._credential,
        )
        name, sealed = seal(parcel, self._centre_recipient)
        with open_stick(root) as stick, place_on(stick, UP, self._station) as folder:
            put(folder, name, (sealed,))
        return name

    def has_sent(self, root: Path, parts: Sequence[str]) -> bool:
        """See the port."""
        look = Look()
        with open_stick(root) as stick, look.station(stick, UP, self._station) as folder:
            if folder is None:
                return not parts
            return all(is_part_name(one) and holds(folder, one) for one in parts)

    def look(self, root: Path, known: Sequence[str]) -> StickContents:
        """See the port."""
        identity = read_identity(self._identity)
        look, passed = Look(), frozenset(known)
        found: list[tuple[int, int, str]] = []
        with open_stick(root) as stick, look.station(stick, DOWN, self._station) as folder:
            for name in () if folder is None else look.parts(folder):
                if name in passed or folder is None:
                    continue
                parcel = open_part(look, folder, name, identity)
                answer = None if parcel is None else self._verified(parcel)
                if answer is not None:
                    first_rev = min((page.from_rev for page in answer.pages), default=0)
                    found.append((answer.centre_ms, first_rev, name))
                elif parcel is not None:
                    look.refused["signature"] += 1
        return StickContents(
            tuple(name for _, _, name in sorted(found)),
            *(sum(look.refused[one] for one in group) for group in (FOREIGN, DAMAGED, UNSEEN)),
        )

    def answer(self, root: Path, part: str) -> ExchangeAnswer | None:
        """See the port."""
        look = Look()
        with open_stick(root) as stick, look.station(stick, DOWN, self._station) as folder:
            if folder is None or not is_part_name(part):
                return None
            parcel = open_part(look, folder, part, read_identity(self._identity))
            return None if parcel is None else self._verified(parcel)

    def has_file(self, root: Path, file: CourseFile) -> bool:
        """See the port."""
        with open_stick(root) as stick, stick.into(TOP, MEDIA) as folder:
            found = None if folder is None else folder.stat(_media_name(file))
            return found is not None and is_plain_file(found) and found.st_size == file.size_bytes

    def fetch(self, root: Path, file: CourseFile, start: int) -> Iterator[memoryview]:
        """See the port."""
        with open_stick(root) as stick, stick.into(TOP, MEDIA) as folder:
            if folder is None:
                raise MediaTrouble("media.broken", title="")
            try:
                most = min(file.size_bytes, FAT_FILE_BYTES)
                yield from stream(folder, _media_name(file), most, start=start)
            except Unfit as unfit:
                raise MediaTrouble("media.broken", title="") from unfit

    def _verified(self, parcel: Parcel) -> ExchangeAnswer | None:
        """The answer in a parcel when the centre signed it for a question of this station."""
        try:
            nonce = bytes.fromhex(parcel.nonce)
        except ValueError:
            return None
        if parcel.kind != "answer" or not self._is_own_nonce(nonce):
            return None
        if not verifies(self._centre_key, parcel.signature, ANSWER_LABEL, nonce, parcel.body):
            return None
        try:
            answer = unpack(parcel.body, ExchangeAnswer)
        except BadInput:
            return None
        return answer if answer.nonce == nonce else None

    def _new_nonce(self) -> bytes:
        drawn = self._entropy.draw(_HALF_NONCE_BYTES)
        return drawn + self._mark(drawn)

    def _is_own_nonce(self, nonce: bytes) -> bool:
        drawn = nonce[:_HALF_NONCE_BYTES]
        return len(drawn) == _HALF_NONCE_BYTES and hmac.compare_digest(
            nonce, drawn + self._mark(drawn)
        )

    def _mark(self, drawn: bytes) -> bytes:
        said = framed(_NONCE_LABEL, self._station.encode(), drawn)
        return hmac.digest(self._private_key, said, hashlib.sha256)[:_HALF_NONCE_BYTES]


def _media_name(file: CourseFile) -> str:
    """Names from outside never become paths: only 64 hex digits do."""
    if not is_part_name(file.sha256):
        raise MediaTrouble("media.broken", title="")
    return file.sha256


def sticks_among(drives: Sequence[Path]) -> tuple[Path, ...]:
    """Those drives that have a ``YJ`` folder and so may be used unasked; never raises."""
    found = []
    for drive in drives:
        try:
            with open_stick(drive) as stick, stick.into(TOP) as folder:
                if folder is not None:
                    found.append(drive)
        except StickTrouble:
            continue
    return tuple(found)
