"""Where a centre keeps its things, and the settings it is started with.

One folder holds everything: the SQLite store (unless another database is named), the
signing key, the TLS certificate and the course files. Losing the signing key means
enrolling every station anew.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import StoreTrouble
from app.domain.values import dataclass
from app.wire.side_files import PRIVATE_FOLDER, Unreadable, keep_private, make_folder, read_small
from centre.private_files import make_private

if TYPE_CHECKING:
    from sqlalchemy import URL

DATABASE_VARIABLE = "YJ_CENTRE_DATABASE"
HOME_VARIABLE = "YJ_CENTRE_HOME"


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``centre.web.application.create_app`` is given. ``database`` empty means SQLite in ``home``."""

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
    def database_address(self) -> str | URL:
        """The address the store is opened by."""
        return self.database or self.sqlite_address

    @property
    def sqlite_address(self) -> URL:
        """The store in the home, used unless another database is named; a path never goes into an
        address as text."""
        from sqlalchemy import URL  # settings are read by commands that open no store too

        return URL.create("sqlite", database=str(self.home.absolute() / "centre.sqlite"))

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
    """Make the folder and the key, if there are none yet, for their owner only.

    What is no folder and lies where the course files should be is set aside.

    Raises:
        StoreTrouble: the folder can't be used.
    """
    try:
        settings.home.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        keep_private(settings.home, ("centre.",))
        make_folder(settings.media)
        make_private(settings.key_file, _new_key)
    except OSError as unusable:
        why = unusable.strerror or ""
        raise StoreTrouble("centre.home_unusable", path=str(settings.home), why=why) from unusable


def _new_key() -> bytes:
    from app.wire.signing import new_private_key

    return new_private_key(secrets.token_bytes(32)).hex().encode("ascii")


def read_key(settings: Settings) -> bytes:
    """The centre's private key, 32 bytes.

    Raises:
        StoreTrouble: the file is missing or broken.
    """
    return key_in(settings.key_file)


def key_in(file: Path) -> bytes:
    """The private key in a file, as ``read_key``."""
    try:
        # An editor may have put a mark of UTF-8 before it.
        key = bytes.fromhex((read_small(file) or b"").decode("utf-8-sig").strip())
    except (Unreadable, ValueError) as broken:
        raise StoreTrouble("centre.key_broken", path=str(file)) from broken
    if len(key) != 32 or not any(key):
        raise StoreTrouble("centre.key_broken", path=str(file))
    return key
