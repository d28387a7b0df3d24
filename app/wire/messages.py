"""The messages between station and centre: frozen, versioned, only ever added to.

One exchange is one request: the station names its open segments (tip and locator),
sends runs of facts and its feed cursors; the centre answers with one signed receipt a
segment and with feed pages. Its cost depends on what is open and new, not on history.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MAJOR = 1
MINOR = 0

MAX_BODY_BYTES = 1 << 20
MAX_UNPACKED_BYTES = 8 << 20
MAX_FACTS_A_RUN = 5_000
MAX_TIPS = 200
MAX_LOCATOR = 40
MAX_ROWS_A_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A station introduces itself with a one-time code and its Ed25519 public key (32 bytes)."""

    code: str
    public_key: bytes
    machine: str = ""


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    """Who the station is from now on; ``scopes`` are the feeds it may read."""

    station: str
    site: str
    site_name: str
    centre: str
    centre_key: bytes
    generation: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of one open segment as the station holds it, with a locator.

    ``locator`` lists (n, hash) at n−1, n−2, n−4 … so that the centre can find the last
    fact both hold, whatever either side wrongly believes.
    """

    segment: str
    n: int
    hash: bytes
    locator: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive facts of one segment after the fact whose hash is ``previous``.

    ``personal`` holds (n, payload) for those that have one and were not erased.
    """

    segment: str
    from_n: int
    previous: bytes
    facts: tuple[bytes, ...]
    personal: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeRequest:
    """All a station says in one exchange; ``cursors`` map scope to the last revision held."""

    station: str
    nonce: bytes
    wall_ms: int
    generation: str
    tips: tuple[Tip, ...]
    runs: tuple[Run, ...] = ()
    cursors: dict[str, int] = field(default_factory=dict)
    major: int = MAJOR
    minor: int = MINOR


@dataclass(frozen=True, slots=True)
class Receipt:
    """ "Durable here": the centre holds this segment without a gap up to ``upto_n``.

    ``status`` is ``ok``, or ``fork`` when another branch of the segment is held too.
    ``upto_n`` 0 means nothing of it is held.
    """

    station: str
    segment: str
    upto_n: int
    upto_hash: bytes
    count: int
    centre_ms: int
    generation: str
    status: str = "ok"


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """The receipt's own bytes and the centre's Ed25519 signature over them; both are kept."""

    receipt: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One row's newest version; ``body`` is JSON of the kind, None when the row is gone."""

    kind: str
    key: str
    rev: int
    body: bytes | None


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Rows of one scope after the cursor, in order of revision, to be applied together.

    ``reset`` asks the station to forget the scope's rows first (the cursor was not ours).
    """

    scope: str
    to_rev: int
    rows: tuple[FeedRow, ...]
    more: bool = False
    reset: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeAnswer:
    """All the centre says in one exchange."""

    nonce: bytes
    centre_ms: int
    generation: str
    receipts: tuple[SignedReceipt, ...]
    pages: tuple[FeedPage, ...] = ()
    major: int = MAJOR
    minor: int = MINOR


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """A refusal of the centre: a number of ``app.wire.errors`` and a word for the log."""

    number: int
    detail: str = ""
    retry_after_s: int = 0
