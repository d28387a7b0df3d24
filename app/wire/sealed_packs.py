"""Sealing a pack of questions: nobody reads it before its key comes, and nobody changes it.

ChaCha20-Poly1305 under a key of 80 bits as people read it out (four groups of four signs), stretched
by scrypt; the pack's id is bound in, so that one pack's content is no other's. The library is loaded when it is needed: an explanation of commands needs none.
"""

from __future__ import annotations

import base64
import binascii
import re

from app.domain.errors import BadInput

KEY_BYTES = 10
_NONCE_BYTES = 12
_SIGNS = re.compile(r"[A-Z2-7]{16}")


def spelled(key: bytes) -> str:
    """A key as it is read out: ``ABCD-EFGH-IJKL-MNOP``."""
    signs = base64.b32encode(key).decode()
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def seal_pack(pack: str, key: str, content: bytes, nonce: bytes) -> str:
    """The content sealed, as text."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    sealed = ChaCha20Poly1305(_stretched(key, pack)).encrypt(nonce, content, pack.encode())
    return base64.b64encode(nonce + sealed).decode()


def open_pack(pack: str, key: str, sealed: str) -> bytes:
    """What was sealed.

    Raises:
        BadInput: it is another key, or not what was sealed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        whole = base64.b64decode(sealed, validate=True)
        nonce, rest = whole[:_NONCE_BYTES], whole[_NONCE_BYTES:]
        return ChaCha20Poly1305(_stretched(key, pack)).decrypt(nonce, rest, pack.encode())
    except (InvalidTag, ValueError, binascii.Error) as wrong:
        raise BadInput("refusal.test_key") from wrong


def _stretched(key: str, pack: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    signs = re.sub(r"[\s-]", "", key).upper().replace("0", "O").replace("1", "I")
    if _SIGNS.fullmatch(signs) is None:
        raise ValueError(key)
    return Scrypt(salt=pack.encode(), length=32, n=1 << 13, r=8, p=1).derive(signs.encode())
