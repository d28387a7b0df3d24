"""Enrolment without a network: the request that is carried to the centre, the answer that comes back."""

from __future__ import annotations

import platform
from pathlib import Path

from app.domain.errors import LinkTrouble
from app.machine.enrolment import (
    keep_request_nonce,
    load_or_make_key,
    load_or_make_recipient,
    load_request_nonce,
)
from app.ports.machine import Entropy
from app.wire.introduction import (
    MOST_FILE_BYTES,
    FileAnswer,
    FileRequest,
    key_mark,
    letters_of,
    read_file_answer,
    write_file_request,
)
from app.wire.signing import public_key_of


def write_request(home: Path, file: Path, entropy: Entropy) -> None:
    """Write a request to be let in.

    Raises:
        OSError: the file can't be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    key = load_or_make_key(home, entropy)
    request = FileRequest(
        public_key=public_key_of(key),
        recipient=load_or_make_recipient(home),
        machine=platform.node(),
        nonce=entropy.draw(16),
    )
    keep_request_nonce(home, request.nonce)
    file.write_bytes(write_file_request(key, request))


def read_answer(home: Path, file: Path, mark: str, entropy: Entropy) -> FileAnswer:
    """The centre's answer to the newest request; ``mark`` is its key's, read out by phone.

    Raises:
        LinkTrouble: another centre's answer, or one to another request.
        BadInput: the file is no answer.
        OSError: it can't be read.
    """
    with file.open("rb") as opened:
        answer = read_file_answer(opened.read(MOST_FILE_BYTES + 1))
    if letters_of(mark) != letters_of(key_mark(answer.enrolled.centre_key)):
        raise LinkTrouble("link.not_that_centre")
    nonce = load_request_nonce(home)
    mine = public_key_of(load_or_make_key(home, entropy))
    if not nonce or (answer.nonce, answer.public_key) != (nonce, mine):
        raise LinkTrouble("link.not_for_us")
    return answer
