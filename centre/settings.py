"""Where a centre keeps its things, and the settings it is started with.

One folder holds everything: the SQLite store (unless another database is named), the
signing key, the TLS certificate and the course files. Losing the signing key means
enrolling every station anew.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import StoreTrouble
from app.wire.signing import new_private_key
from centre.private_files import make_private

DATABASE_VARIABLE = "YJ_CENTRE_DATABASE"
HOME_VARIABLE = "YJ_CENTRE_HOME"


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``centre.asgi.create_app`` is given. ``database`` empty means SQLite in ``home``."""

    home: Path
    database: str = ""
    exchanges_a_minute: int = 600
    """For each station and process; more are told to come back later."""
    credential_days: int = 400
    """How long a station's credential holds; it is renewed in the last third of that time."""
    certificate: Path | None = None
    """PEM of the certificate stations see: the own one, or that of a proxy in front. None is
    plain HTTP, to this machine only."""

    @property
    def database_address(self) -> str:
        """The address the store is opened by."""
        return self.database or self.sqlite_address

    @property
    def sqlite_address(self) -> str:
        """The address of the store in the home, used unless another database is named."""
        return f"sqlite:///{(self.home / 'centre.sqlite').as_posix()}"

    @property
    def media(self) -> Path:
        """The folder of course files, named by their SHA-256."""
        return self.home / "media"

    @property
    def certificate_file(self) -> Path:
        """The file of the self-made TLS certificate and its key."""
        return self.home / "centre.tls.pem"

    @property
    def key_file(self) -> Path:
        """The file of the centre's private signing key."""
        return self.home / "centre.key"


def make_home(settings: Settings) -> None:
    """Make the folder and the key, if there are none yet."""
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.media.mkdir(exist_ok=True)
    make_private(settings.key_file, _new_key)


def _new_key() -> bytes:
    return new_private_key(secrets.token_bytes(32)).hex().encode("ascii")


def read_key(settings: Settings) -> bytes:
    """The centre's private key, 32 bytes.

    Raises:
        StoreTrouble: the file is missing or broken.
    """
    try:
        key = bytes.fromhex(settings.key_file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as broken:
        raise StoreTrouble("centre.key_broken", path=str(settings.key_file)) from broken
    if len(key) != 32:
        raise StoreTrouble("centre.key_broken", path=str(settings.key_file))
    return key
