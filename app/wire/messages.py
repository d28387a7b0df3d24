"""The messages between station and centre: frozen, versioned, only ever added to.

One exchange is one request: the station names its open segments (tip and locator),
sends runs of facts and its feed cursors; the centre answers with one signed receipt a
segment and with feed pages. Its cost depends on what is open and new, not on history.
"""

from __future__ import annotations

import msgspec

MAJOR = 1
MINOR = 2
"""What is spoken here. In a message, fields at their defaults do not travel: a missing ``minor``
is 0 and a missing ``major`` 1, for ever."""

MAX_BODY_BYTES = 1 << 20
MAX_UNPACKED_BYTES = 8 << 20
MAX_FACTS_A_RUN = 5_000
MAX_TIPS = 200
MAX_LOCATOR = 40
MAX_ROWS_A_PAGE = 2_000
MAX_CENSUS = 15_000
MAX_RETURN_BYTES = 128 * 1024
SUM_BYTES = 16
MAX_DECISIONS = 2_000
MAX_DECISION_BYTES = 4_096
MAX_CHECKED = 200

ERASURE = "erasure"
"""The kind of row by which the centre asks to forget what is personal about someone."""
RESOLUTION = "resolution"
"""Whose a mark is that was made for somebody unknown; the row's key is the fact's hash in hex."""
POLICY = "policy"
"""A rule for late and in time, valid from a date; the row's key is ``county@DATE`` or ``SITE@DATE``."""

WHOLE = "*"
"""The name that stands for all segments of a station in the receipt that compares the whole."""


class EnrolRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A station introduces itself with a one-time code and its Ed25519 public key (32 bytes)."""

    code: str
    public_key: bytes
    machine: str = ""
    recipient: str = ""
    """The station's age recipient: what is carried to it on a stick is sealed for it."""


class Credential(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the centre vouches for: this key speaks for this station, in these scopes, until then."""

    station: str
    site: str
    public_key: bytes
    scopes: tuple[str, ...]
    issued_ms: int
    expires_ms: int
    recipient: str = ""
    """The station's age recipient, so that a centre that was put back knows it again as well."""


class SignedCredential(msgspec.Struct, frozen=True, omit_defaults=True):
    """The credential's own bytes and the centre's Ed25519 signature over them."""

    credential: bytes
    signature: bytes


class EnrolAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who the station is from now on; ``scopes`` are the feeds it may read."""

    station: str
    site: str
    site_name: str
    centre: str
    centre_key: bytes
    generation: str
    scopes: tuple[str, ...]
    credential: SignedCredential | None = None
    recipient: str = ""
    """The centre's age recipient: what goes up on a stick is sealed for it."""


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who a centre is, told to anybody who asks; signed over the nonce of who asked.

    ``certificate`` is the SHA-256 of its TLS certificate (DER), empty when it serves without.
    """

    centre: str
    centre_key: bytes
    certificate: bytes
    nonce: bytes
    signature: bytes


class Tip(msgspec.Struct, frozen=True, omit_defaults=True):
    """The end of one open segment as the station holds it, with a locator.

    ``locator`` lists (n, hash) at n−1, n−2, n−4 … so that the centre can find the last
    fact both hold, whatever either side wrongly believes.
    """

    segment: str
    n: int
    hash: bytes
    locator: tuple[tuple[int, bytes], ...] = ()


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """Consecutive facts of one segment after the fact whose hash is ``previous``.

    ``personal`` holds (n, payload) for those that have one and were not erased.
    ``signature`` is the station's over segment, last number and last hash (``run_parts``), and
    so, by the chain, over everything before; empty in what the centre gives back.
    """

    segment: str
    from_n: int
    previous: bytes
    facts: tuple[bytes, ...]
    personal: tuple[tuple[int, bytes], ...] = ()
    signature: bytes = b""


class Held(msgspec.Struct, frozen=True, omit_defaults=True):
    """How many facts are held, and the sum of their hashes (first 16 bytes, modulo 2^128)."""

    facts: int
    sum: bytes


class SegmentHeld(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is held of one segment: without a gap up to ``upto_n``, and in all."""

    segment: str
    upto_n: int
    facts: int
    sum: bytes


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What people at the centre decided, in brief and without names: ``kind`` says what, ``about``
    the id it concerns. ``site`` is empty when every station keeps it, else the one site's do.

    Stations keep it for the centre, which may be put back to before it (``DECISION_LABEL``).
    """

    kind: str
    about: str
    at_ms: int
    site: str = ""
    values: dict[str, str] = {}


class SignedDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """The decision's own bytes (JSON) and the centre's Ed25519 signature over them."""

    decision: bytes
    signature: bytes


class SignedReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """The receipt's own bytes and the centre's Ed25519 signature over them; both are kept."""

    receipt: bytes
    signature: bytes


class ExchangeRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """All a station says in one exchange; ``cursors`` map scope to the last revision held.

    ``held`` says what the station holds in all; ``census`` names it segment by segment, but
    only when the centre asked for that (None: not asked). ``mono_ms`` and ``boot`` place
    ``wall_ms`` for judging the station's clock.

    ``decided`` says which decisions it keeps for the centre (count and sum, None: none), and
    ``decisions`` are they, when the centre asked for them. ``known`` and ``proof`` come once a
    start: the revisions that are really held while ``cursors`` name lower ones, and the newest
    receipt of the whole. By these a centre sees that it was put back.
    """

    station: str
    nonce: bytes
    wall_ms: int
    generation: str
    tips: tuple[Tip, ...]
    runs: tuple[Run, ...] = ()
    cursors: dict[str, int] = {}
    major: int = 1
    minor: int = 0
    held: Held | None = None
    census: tuple[SegmentHeld, ...] | None = None
    mono_ms: int = 0
    boot: str = ""
    machine: str = ""
    """A mark of the PC and of where its record lies; two PCs with one copied disk differ in it."""
    decided: Held | None = None
    decisions: tuple[SignedDecision, ...] | None = None
    known: dict[str, int] = {}
    proof: SignedReceipt | None = None


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """ "Durable here": the centre holds this segment without a gap up to ``upto_n``.

    ``status`` is ``ok``, or ``fork`` when another branch of the segment is held too, or
    ``quarantined`` when what came now is kept but not counted (the PC was shut out or replaced).
    ``upto_n`` 0 means nothing of it is held.

    The receipt of the segment ``*`` compares the whole: ``upto_n`` and ``count`` are how many
    facts of the station are held, ``upto_hash`` their sum, ``status`` ``agreed`` or ``differs``.
    """

    station: str
    segment: str
    upto_n: int
    upto_hash: bytes
    count: int
    centre_ms: int
    generation: str
    status: str = "ok"


class FeedRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row's newest version; ``body`` is JSON of the kind, None when the row is gone."""

    kind: str
    key: str
    rev: int
    body: bytes | None


class FeedPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rows of one scope after ``from_rev``, in order of revision, to be applied together.

    ``reset`` asks the station to forget the scope's rows first (the cursor was not ours).
    The last page of a scope says in ``held`` how many rows the scope has at ``to_rev`` and the
    sum of their marks (``row_mark``), so that a wrong row is found and the scope fetched anew.
    """

    scope: str
    to_rev: int
    rows: tuple[FeedRow, ...]
    more: bool = False
    reset: bool = False
    from_rev: int = 0
    held: Held | None = None


class ExchangeAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """All the centre says in one exchange.

    ``returns`` are the station's own facts that it lacks; ``resend`` names segments of which the
    centre lacks some; ``wants_census`` asks for a census in the next request. ``understood``
    counts the station's facts that are read into the report (-1: not said). ``notices`` are
    words of ``NOTICES`` to tell people. ``waiting`` counts the station's facts that are kept but do
    not count until a person at the centre lets them. ``decisions`` are to be kept for the centre;
    ``wants_decisions`` asks for all that are kept, in the next request.
    """

    nonce: bytes
    centre_ms: int
    generation: str
    receipts: tuple[SignedReceipt, ...]
    pages: tuple[FeedPage, ...] = ()
    major: int = 1
    minor: int = 0
    returns: tuple[Run, ...] = ()
    resend: tuple[str, ...] = ()
    wants_census: bool = False
    understood: int = -1
    notices: tuple[str, ...] = ()
    credential: SignedCredential | None = None
    not_granted: tuple[str, ...] = ()
    """Scopes that were asked for and are not this station's: it forgets what it has of them."""
    waiting: int = 0
    decisions: tuple[SignedDecision, ...] = ()
    wants_decisions: bool = False
    to_check: dict[str, int] = {}
    """Session → how many of its facts wait there for a person or for another fact; those outside
    of any session, and of more sessions than ``MAX_CHECKED``, under the empty name."""


NOTICES = (
    "copied",
    "put_back",
    "revoked",
    "replaced",
    "expired",
    "clock",
    "centre_clock",
    "lacking",
)
"""``copied``: two PCs speak for one station; ``put_back``: the station's files were put back to
an earlier moment; ``revoked``: facts are kept but not counted; ``replaced`` (beside ``revoked``):
another PC took its place, what was begun before counts; ``expired``: facts count, feeds wait for
a person; ``clock``: the station's clock is far off; ``centre_clock``: the centre doubts its own,
so that no clock is compared with it; ``lacking``: a text written beside a fact did not come. A
word not known here is passed over."""


class Parcel(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a stick carries: the very bytes of a request or an answer, with their signature.

    ``kind`` is ``request`` or ``answer``; ``nonce`` is the request's (as its header says it for
    a request; its raw bytes in hex for an answer).
    """

    kind: str
    station: str
    nonce: str
    signature: bytes
    body: bytes
    made_ms: int = 0
    credential: SignedCredential | None = None
    """With a request: what the centre once signed for this station. A stick can't ask again."""


class ErrorAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal of the centre: a number of ``app.wire.errors`` and a word for the log."""

    number: int
    detail: str = ""
    retry_after_s: int = 0
