"""First contact with a centre: who is it, and may this station in?

Nothing secret is said before the centre proved to hold the key whose mark was read out
with the code, and that the certificate it speaks with is its own.
"""

from __future__ import annotations

import hashlib
import hmac
import ssl

import msgspec
from msgspec import Struct

from app.domain.errors import BadInput, LinkTrouble
from app.ports.machine import Entropy
from app.sync.connection import CentreConnection, parsed
from app.sync.refusing import refusal
from app.wire.codec import CONTENT_TYPE, pack, unpack
from app.wire.introduction import code_and_mark, introduces, key_mark
from app.wire.messages import EnrolAnswer, EnrolRequest, Identity

_NONCE_BYTES = 16
_MOST_BYTES = 64 << 10
_REFUSED_CODE = (400, 401, 403, 404, 429)


class CentreIntroduction(Struct, frozen=True):
    """A centre that proved to hold its key, and its certificate (PEM; empty on plain loopback)."""

    identity: Identity
    certificate: str


class LetIn(Struct, frozen=True):
    """The centre's answer, and the certificate (PEM) it is pinned by from now on."""

    answer: EnrolAnswer
    certificate: str


def ask_identity(address: str, entropy: Entropy) -> CentreIntroduction:
    """Ask who answers at an address; whether it is the right one is for the caller to judge.

    Raises:
        LinkTrouble: nobody there, no centre, or one that speaks through another's certificate.
    """
    nonce = entropy.draw(_NONCE_BYTES)
    line = CentreConnection(address, certificate=None)
    try:
        target = f"/v1/identity?nonce={nonce.hex()}"
        reply = line.ask("GET", target, {}, at_most=_MOST_BYTES)
        shown = line.shown_certificate()
    finally:
        line.close()
    if reply.status != 200:
        raise refusal(reply.status, reply.body)
    return CentreIntroduction(_believed(reply.body, nonce, shown), _as_pem(shown))


def _believed(data: bytes, nonce: bytes, shown: bytes) -> Identity:
    try:
        identity = unpack(data, Identity, limit=_MOST_BYTES)
    except BadInput as strange:
        raise LinkTrouble("link.nonsense") from strange
    named = not shown or hmac.compare_digest(identity.certificate, hashlib.sha256(shown).digest())
    if not named or not introduces(identity, nonce):
        raise LinkTrouble("link.nonsense")
    return identity


def _as_pem(shown: bytes) -> str:
    return ssl.DER_cert_to_PEM_cert(shown) if shown else ""


def enrol_at(address: str, spelled: str, request: EnrolRequest, entropy: Entropy) -> LetIn:
    """Introduce a station at an address with the full code as it was read out.

    A code without the mark of the centre's key is taken over plain loopback only. The
    request's own ``code`` is not looked at.

    Raises:
        LinkTrouble: nobody there, or not the centre that made the code
            (``link.not_that_centre``), or it refused the code (``refusal.bad_enrol_code``).
    """
    code, mark = code_and_mark(spelled)
    introduced = None
    if mark:
        introduced = ask_identity(address, entropy)
        if not hmac.compare_digest(key_mark(introduced.identity.centre_key), mark):
            raise LinkTrouble("link.not_that_centre")
    elif parsed(address).scheme != "http":
        raise LinkTrouble("refusal.bad_enrol_code")
    certificate = "" if introduced is None else introduced.certificate
    line = CentreConnection(address, certificate)
    try:
        answer = enrol(line, msgspec.structs.replace(request, code=code))
    finally:
        line.close()
    if introduced is not None and answer.centre_key != introduced.identity.centre_key:
        raise LinkTrouble("link.nonsense")
    return LetIn(answer, certificate)


def enrol(line: CentreConnection, request: EnrolRequest) -> EnrolAnswer:
    """The enrolment over a line that is pinned already."""
    headers = {"content-type": CONTENT_TYPE}
    reply = line.ask("POST", "/v1/enrol", headers, pack(request), at_most=_MOST_BYTES)
    if reply.status in _REFUSED_CODE:
        raise LinkTrouble("refusal.bad_enrol_code")
    if reply.status not in (200, 201):
        raise refusal(reply.status, reply.body)
    try:
        return unpack(reply.body, EnrolAnswer, limit=_MOST_BYTES)
    except BadInput as strange:
        raise LinkTrouble("link.nonsense") from strange
