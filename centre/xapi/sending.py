"""Bringing statements to a learning record store; one that has them already keeps its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from app.domain.errors import BadInput, StationTrouble
from app.domain.values import dataclass
from centre.xapi.statements import Statement

AT_ONCE = 50
_SECONDS = 30
_CONFLICT = 409
_MOST_TOKEN = 4096


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """How many statements were taken now, and how many the store had already."""

    taken: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class RecordStore:
    """Where to, and the words with which it lets us in."""

    address: str
    token: str

    @classmethod
    def at(cls, address: str, token: Path | None) -> RecordStore:
        """The store at an address, with the token of a file.

        Raises:
            BadInput: this is no address.
        """
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise BadInput("centre.xapi_no_address", address=address)
        said = "" if token is None else token.read_text(encoding="utf-8")[:_MOST_TOKEN].strip()
        return cls(address.rstrip("/"), said if " " in said or not said else f"Bearer {said}")

    def send(self, statements: Iterable[Statement]) -> SendOutcome:
        """Send them all, some at a time.

        Raises:
            StationTrouble: the store can't be reached, or does not take them.
        """
        taken = known = 0
        for part in _parts(statements):
            if self._post(part):
                taken += len(part)
                continue
            alone = sum(self._post([one]) for one in part)  # it says no to all for a known one
            taken += alone
            known += len(part) - alone
        return SendOutcome(taken, known)

    def _post(self, part: list[Statement]) -> bool:
        """False when one of them is known already."""
        request = Request(  # noqa: S310 - the scheme was looked at
            f"{self.address}/statements",
            data=json.dumps(part, ensure_ascii=False).encode(),
            headers={
                "Content-Type": "application/json",
                "X-Experience-API-Version": "1.0.3",
                **({"Authorization": self.token} if self.token else {}),
            },
            method="POST",
        )
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - the same
                answer.read(1 << 16)
        except HTTPError as refused:
            refused.close()
            if refused.code == _CONFLICT:
                return False
            raise StationTrouble("centre.xapi_refused", code=refused.code) from refused
        except (URLError, OSError) as failed:
            raise StationTrouble("centre.xapi_unreachable", address=self.address) from failed
        return True


def _parts(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    told = iter(statements)
    while part := list(islice(told, AT_ONCE)):
        yield part
