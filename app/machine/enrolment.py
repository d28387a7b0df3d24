"""The station's identity on disk: its own private key and what its centre said at enrolment.

Kept beside the store, not in it, so that a lost store does not lose who this station is.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from app.ports.machine import Entropy
from app.wire.signing import new_private_key


@dataclass(frozen=True, slots=True)
class KeptEnrolment:
    """What is kept; ``address`` is the centre's, keys are raw bytes."""

    address: str
    station: str
    site: str
    site_name: str
    centre: str
    centre_key: bytes
    scopes: tuple[str, ...]


def load_or_make_key(home: Path, entropy: Entropy) -> bytes:
    """The installation's private key, made on first use, readable by its owner only."""
    path = home / "keys" / "station.key"
    if path.exists():
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    key = new_private_key(entropy.draw(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_private(path, key.hex())
    return key


def load_enrolment(home: Path) -> KeptEnrolment | None:
    """The kept enrolment, or None when there is none (or it can't be read)."""
    try:
        found = json.loads((home / "keys" / "enrolment.json").read_text(encoding="utf-8"))
        return KeptEnrolment(
            address=str(found["address"]),
            station=str(found["station"]),
            site=str(found["site"]),
            site_name=str(found["site_name"]),
            centre=str(found["centre"]),
            centre_key=bytes.fromhex(found["centre_key"]),
            scopes=tuple(str(scope) for scope in found["scopes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_enrolment(home: Path, kept: KeptEnrolment) -> None:
    """Write the enrolment whole or not at all."""
    path = home / "keys" / "enrolment.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {
            "address": kept.address,
            "station": kept.station,
            "site": kept.site,
            "site_name": kept.site_name,
            "centre": kept.centre,
            "centre_key": kept.centre_key.hex(),
            "scopes": list(kept.scopes),
        },
        ensure_ascii=False,
        indent=1,
    )
    _write_private(path, text)


def _write_private(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(draft, path)
