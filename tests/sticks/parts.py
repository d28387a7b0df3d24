"""Parts for sticks in tests: keys, parcels, and a folder that stands for a stick."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace
from pyrage.x25519 import Identity

from app.machine.entropy import SystemEntropy
from app.stick.link import StickLink
from app.wire.codec import pack, unpack
from app.wire.messages import ExchangeAnswer, ExchangeRequest, Parcel
from app.wire.signing import ANSWER_LABEL, new_private_key, public_key_of, sign
from app.wire.sticks.layout import DOWN, TOP, UP
from app.wire.sticks.sealing import seal, unseal

STATION = "st-0123456789abcdef"
OTHER = "st-00000000000000zz"


@dataclass(slots=True)
class Keys:
    """All keys of one station and its centre."""

    station_key: bytes = field(default_factory=lambda: new_private_key(bytes(range(32))))
    centre_key: bytes = field(default_factory=lambda: new_private_key(bytes(range(1, 33))))
    station_age: Identity = field(default_factory=Identity.generate)
    centre_age: Identity = field(default_factory=Identity.generate)

    @staticmethod
    def make(folder: Path) -> Keys:
        """New keys, kept for another process."""
        keys = Keys()
        folder.mkdir()
        (folder / "age").write_text(f"{keys.station_age}\n{keys.centre_age}")
        return keys

    @staticmethod
    def load(folder: Path) -> Keys:
        """Keys that were kept."""
        station, centre = (folder / "age").read_text().split()
        return Keys(station_age=Identity.from_str(station), centre_age=Identity.from_str(centre))

    def link(self, station: str = STATION) -> StickLink:
        """The station's way to its centre."""
        return StickLink(
            station=station,
            private_key=self.station_key,
            centre_key=public_key_of(self.centre_key),
            centre_recipient=str(self.centre_age.to_public()),
            identity=str(self.station_age),
            entropy=SystemEntropy(),
        )

    def sent(self, tmp_path: Path, station: str = STATION) -> ExchangeRequest:
        """A request as it went onto a stick, with the nonce it got there."""
        root = tmp_path / f"sent-{station}"
        root.mkdir()
        name = self.link(station).send(root, request(station))
        sealed = (root / TOP / UP / station / name).read_bytes()
        return unpack(unseal(sealed, self.centre_age).body, ExchangeRequest)

    def answer(self, asked: ExchangeRequest, *, centre_ms: int = 5, **changed: object) -> Parcel:
        """What the centre would say to a request, with some parts of the parcel changed."""
        body = pack(ExchangeAnswer(asked.nonce, centre_ms, "g1", ()))
        parcel = Parcel(
            kind="answer",
            station=asked.station,
            nonce=asked.nonce.hex(),
            signature=sign(self.centre_key, ANSWER_LABEL, asked.nonce, body),
            body=body,
        )
        return replace(parcel, **changed)

    def leave_answer(self, root: Path, parcel: Parcel, station: str = STATION) -> str:
        """Seal a parcel for the station and lay it on the stick."""
        name, sealed = seal(parcel, str(self.station_age.to_public()))
        return lay(root, DOWN, station, sealed, name)


def request(station: str = STATION) -> ExchangeRequest:
    """A small request."""
    return ExchangeRequest(station, b"n" * 16, 1_795_000_000_000, "g1", ())


def lay(root: Path, way: str, station: str, content: bytes, name: str = "") -> str:
    """Put a file where parts lie; its name."""
    name = name or hashlib.sha256(content).hexdigest()
    folder = root / TOP / way / station
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return name


def ups(root: Path, station: str = STATION) -> list[Path]:
    """Files in a station's folder of requests."""
    return sorted((root / TOP / UP / station).iterdir())
