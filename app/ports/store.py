"""What the store tells of the record: values that go between it, verbs and the exchange."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from app.wire.messages import Receipt

RunSigner = Callable[[str, int, bytes], bytes]
"""Signs the end of a run: segment, last number, last hash."""


class ChainReport(Struct, frozen=True):
    """What a walk along the chain found; ``broken_at`` names the first fact that doesn't fit."""

    facts: int
    segments: int
    broken_at: str | None


class FactLine(Struct, frozen=True):
    """One fact as a list shows it: no personal payload, ``at`` local date and time."""

    segment: str
    n: int
    kind: str
    at: str
    actor: str
    hash: str


class ReceiptKept(Struct, frozen=True):
    """A verified receipt with its own bytes and their signature."""

    receipt: Receipt
    data: bytes
    signature: bytes


class AnswerEffects(Struct, frozen=True):
    """What one verified answer says of the record; kept together or not at all.

    ``doubt_all``: the centre is another than before; ``resend``: segments of which it lacks
    some; ``agreed_facts``: it holds exactly the facts that were held here when it was asked, so
    many; ``only_up``: the answer may be old, so no confirmation moves down by it.
    """

    receipts: tuple[ReceiptKept, ...] = ()
    doubt_all: bool = False
    resend: tuple[str, ...] = ()
    agreed_facts: int | None = None
    only_up: bool = False
    settings: tuple[tuple[str, str], ...] = ()


class PageTaken(Struct, frozen=True):
    """What became of a feed page: kinds of rows put aside, whether it did not follow what is
    held here, whether the scope's sum was wrong (then it is fetched anew)."""

    aside: tuple[str, ...] = ()
    skipped: bool = False
    wrong: bool = False


class FoldProgress(Struct, frozen=True):
    """How far all rows that are to be folded anew are, 0 to 100."""

    percent: int
    is_over: bool = False
