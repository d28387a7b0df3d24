"""The centre's TLS certificate: self-made, kept across starts, pinned by stations at enrolment.

Stations compare the whole certificate and look at neither its dates nor its names. Losing
it costs nothing lasting: the centre's key vouches for the next one (``/v1/identity``).
"""

from __future__ import annotations

import hashlib
import os
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from app.domain.errors import StoreTrouble
from app.wire.side_files import Unreadable, read_small, set_aside
from centre.private_files import make_private

_YEARS = 20
_NAME = "centre of learning stations"
_BEGIN = "-----BEGIN CERTIFICATE-----"
_END = "-----END CERTIFICATE-----"


def make_certificate(path: Path, now_ms: int) -> None:
    """Make key and certificate in one PEM file, so that they always fit, unless it is there.

    One that can't be served with is set aside, and stations pin the next by themselves.

    Raises:
        StoreTrouble: it can neither be used nor set aside.
    """
    if os.path.lexists(path) and not _is_usable(path) and set_aside(path) is None:
        raise StoreTrouble("centre.certificate_broken", path=str(path))
    make_private(path, lambda: _new_pem(now_ms))


def _is_usable(path: Path) -> bool:
    try:
        read_small(path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path, password=lambda: b"")
    except (Unreadable, OSError, ValueError):
        return False
    return True


def first_certificate(path: Path) -> str:
    """The first certificate (PEM) in a file, whatever else is in it.

    Raises:
        StoreTrouble: there is none.
    """
    try:
        text = (read_small(path) or b"").decode("ascii")
        begin = text.index(_BEGIN)
        pem = text[begin : text.index(_END, begin) + len(_END)] + "\n"
        ssl.PEM_cert_to_DER_cert(pem)
    except (Unreadable, ValueError) as broken:
        raise StoreTrouble("centre.certificate_broken", path=str(path)) from broken
    return pem


def fingerprint(pem: str) -> bytes:
    """The SHA-256 of a certificate (DER)."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()


def _new_pem(now_ms: int) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    begins = datetime.fromtimestamp(now_ms / 1000, UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=_YEARS * 365))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)
