"""What a station says to the centre and what it does with the answer, whatever carries them.

The same request and the same answer go over the network or on a stick; only an answer from a
stick may be old, and so moves nothing back.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from app.areas.clock.centre_time import (
    CLOCK_STEP_MS,
    DOUBTS_ITS_CLOCK,
    learn_time,
    newest_answer,
    offset_to_centre,
)
from app.areas.courses.verbs import CATALOGUE, note_catalogue
from app.domain.errors import LinkTrouble
from app.domain.values import dataclass
from app.ports.store import AnswerEffects, ReceiptKept
from app.usecases.kept_decisions import decided, keep_decisions, kept_decisions
from app.usecases.to_check import TO_CHECK, written
from app.usecases.tools import Tools
from app.wire.codec import read_receipt
from app.wire.messages import (
    ERASURE,
    MINOR,
    WHOLE,
    ExchangeAnswer,
    ExchangeRequest,
    FeedPage,
    Receipt,
    Run,
    SignedCredential,
    SignedReceipt,
    Tip,
)
from app.wire.signing import RECEIPT_LABEL, RUN_LABEL, run_parts, sign, verifies

if TYPE_CHECKING:
    from app.store.reading import StoreReading

_log = logging.getLogger("sync")

_WRITTEN_EVERY_MS = 3_600_000
"""When answers say nothing new but the time, a sleeping disk is left alone that long."""

GENERATION = "generation"
LAST_SUCCESS = "last_success_ms"
NEWEST_ANSWER = "newest_answer_ms"
PROVEN = "proven_ms"
AGREEMENT = "agreement"
WHOLE_RECEIPT = "whole_receipt"
UNDERSTOOD = "understood"
SAID = "centre_said"
CLOCK_OFFSET = "clock_offset_ms"
OF_A_TOWNSHIP = "township:"
"""How the name of a township's scope begins."""
WAITING = "centre_waiting"
"""How many facts the centre keeps but does not count until a person there lets them, and our id."""
_NEWS = (AGREEMENT, UNDERSTOOD, SAID, WAITING, TO_CHECK)


def _keep_nothing(_credential: SignedCredential) -> None:
    return


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who this station is to its centre; ``keep_credential`` keeps a renewed one.

    ``closed``: of a site this PC was at before. Its feeds tell it only whom to forget.
    """

    station: str
    centre_key: bytes
    scopes: tuple[str, ...]
    private_key: bytes = b""
    keep_credential: Callable[[SignedCredential], None] = _keep_nothing
    credential: SignedCredential | None = None
    closed: bool = False


class AnswerOutcome(Struct, frozen=True):
    """What an answer changed here. ``old``: it was older than what is known, and changed nothing;
    ``differs``: the centre's record of this station is not the one that is here."""

    rows: int = 0
    put_back: int = 0
    more_rows: bool = False
    confirmed_before: int = 0
    new_centre: bool = False
    old: bool = False
    differs: bool = False


def build_request(
    tools: Tools,
    enrolment: Enrolment,
    budget_bytes: int,
    *,
    with_census: bool = False,
    with_decisions: bool = False,
    after: Mapping[str, int] | None = None,
) -> ExchangeRequest:
    """The next thing to say. ``after``: see ``Store.outgoing``. Store lane."""
    store = tools.store

    def sign_run(segment: str, last_n: int, last_hash: bytes) -> bytes:
        parts = run_parts(enrolment.station, segment, last_n, last_hash)
        return sign(enrolment.private_key, RUN_LABEL, *parts)

    signer = sign_run if enrolment.private_key else None
    held = store.held()
    with store.read() as reading:
        generation = reading.setting(GENERATION) or ""
        facts, confirmed = reading.fact_counts()
        in_agreement = (reading.setting(AGREEMENT) or "").startswith("agreed ")
        kept = kept_decisions(reading).newest if with_decisions else None
        mine = decided(reading)
        proof = _proof(reading)
    tips: tuple[Tip, ...] = ()
    runs: tuple[Run, ...] = ()
    if after is not None or facts > confirmed or not in_agreement:
        # When both agreed and nothing is new, the sum says everything.
        tips, runs = store.outgoing(budget_bytes, sign=signer, after=after)
    cursors = store.cursors(scopes_now(tools, enrolment))
    asks_proof = after is None and not enrolment.closed and not tools.sync.feeds_proven
    known = cursors if asks_proof else {}
    if enrolment.closed:
        cursors = {scope: rev for scope, rev in cursors.items() if rev}
    elif asks_proof:
        # A page with its sum comes even when nothing is new: a centre that was put back may by
        # now have given the same revisions to other rows.
        cursors = {scope: max(0, rev - 1) for scope, rev in cursors.items()}
    now = tools.clock.now()
    return ExchangeRequest(
        station=enrolment.station,
        nonce=tools.entropy.draw(16),
        wall_ms=now.wall_ms,
        generation=generation,
        tips=tips,
        runs=runs,
        cursors=cursors,
        minor=MINOR,
        held=held,
        census=store.census() if with_census else None,
        mono_ms=now.mono_ms,
        boot=tools.clock.boot,
        machine=tools.machine,
        decided=mine,
        decisions=kept,
        known=known,
        proof=proof if asks_proof or (after is not None and with_decisions) else None,
    )


def _proof(reading: StoreReading) -> SignedReceipt | None:
    """The newest receipt of the whole: by it a centre that was put back sees that it was."""
    data, _, signature = (reading.setting(WHOLE_RECEIPT) or "").partition(" ")
    try:
        both = base64.b64decode(data), base64.b64decode(signature)
    except ValueError:
        return None
    return SignedReceipt(*both) if all(both) else None


def take_answer(
    tools: Tools,
    enrolment: Enrolment,
    answer: ExchangeAnswer,
    *,
    round_trip_ms: int | None = None,
) -> AnswerOutcome:
    """Keep receipts, own facts that come back, and feed pages. Store lane.

    The answer's own signature has been verified by whoever brought it. Without a
    ``round_trip_ms`` it came on a stick and may be older than what is known.

    Raises:
        LinkTrouble: a receipt in it is not the centre's; nothing was kept.
    """
    store = tools.store
    carried = round_trip_ms is None
    with store.read() as reading:
        known = reading.setting(GENERATION)
        newest_ms = newest_answer(tools, int(reading.setting(NEWEST_ANSWER) or 0))
        before = reading.fact_counts()[1]
    if carried and known not in (None, answer.generation) and answer.centre_ms <= newest_ms:
        return AnswerOutcome(confirmed_before=before, old=True)
    kept, whole = _receipts(enrolment.station, answer)
    is_old = carried and answer.centre_ms <= newest_ms
    agreed = whole is not None and _agrees(tools, whole.receipt)
    told = AnswerEffects(
        receipts=kept,
        doubt_all=known not in (None, answer.generation),
        resend=() if is_old else answer.resend,
        agreed_facts=None if is_old or whole is None or not agreed else whole.receipt.count,
        only_up=carried and known == answer.generation,
        settings=() if is_old else _settings(tools, enrolment, answer, whole, round_trip_ms),
    )
    if not _is_known(tools, told):
        _check_signatures(enrolment, answer)
        others = store.take_told(told)
        tools.sync.written_ms = tools.clock.now().mono_ms
        if others:
            _log.warning("%d receipts speak of another branch", others)
    learn_time(tools, answer, newest_ms, round_trip_ms)
    put = sum(store.take_back((run,)) for run in answer.returns)
    rows = _take_pages(tools, answer, enrolment)
    if not is_old:
        _let_go(tools, answer, enrolment)
    if not carried:
        tools.sync.feeds_proven = not answer.resend
    if answer.decisions:
        keep_decisions(tools, enrolment.centre_key, answer.decisions)
    if answer.credential is not None and not is_old:
        enrolment.keep_credential(answer.credential)
    return AnswerOutcome(
        rows=rows[0],
        put_back=put,
        more_rows=rows[1],
        confirmed_before=before,
        new_centre=known != answer.generation,
        differs=whole is not None and not agreed,
    )


def _agrees(tools: Tools, whole: Receipt) -> bool:
    """Whether the centre holds what is held here, though it may have been asked before that was so:
    on a stick with a PC of a wrong clock an older request can seem the newest."""
    if whole.status == "agreed":
        return True
    held = tools.store.held()
    return (whole.count, whole.upto_hash) == (held.facts, held.sum)


def _is_known(tools: Tools, told: AnswerEffects) -> bool:
    """Whether an answer tells nothing but the time since the last one that was written down.

    Then nothing is written, so that its receipts need no proof and a disk may sleep.
    """
    written_ms = tools.sync.written_ms
    if written_ms is None or tools.clock.now().mono_ms - written_ms > _WRITTEN_EVERY_MS:
        return False
    if told.receipts or told.doubt_all or told.resend or told.agreed_facts is None:
        return False
    said = dict(told.settings)
    with tools.store.read() as reading:
        if any(reading.setting(name) != said.get(name) for name in _NEWS):
            return False
        offset = said.get(CLOCK_OFFSET)
        return offset is None or _is_near(offset, reading.setting(CLOCK_OFFSET) or "")


def _is_near(offset: str, kept: str) -> bool:
    """Whether two kept offsets are of one start of the machine and about the same."""
    boot, _, now_ms = offset.rpartition(" ")
    kept_boot, _, before_ms = kept.rpartition(" ")
    return kept_boot == boot and abs(int(now_ms) - int(before_ms)) <= CLOCK_STEP_MS


def _receipts(
    station: str, answer: ExchangeAnswer
) -> tuple[tuple[ReceiptKept, ...], ReceiptKept | None]:
    """The segments' receipts, and the one that compares the whole; nothing is proven yet."""
    kept: list[ReceiptKept] = []
    whole: ReceiptKept | None = None
    for signed in answer.receipts:
        one = ReceiptKept(read_receipt(signed.receipt), signed.receipt, signed.signature)
        if one.receipt.station != station:
            continue
        if one.receipt.segment == WHOLE:
            whole = one
        else:
            kept.append(one)
    return tuple(kept), whole


def _check_signatures(enrolment: Enrolment, answer: ExchangeAnswer) -> None:
    for one in answer.receipts:
        if not verifies(enrolment.centre_key, one.signature, RECEIPT_LABEL, one.receipt):
            raise LinkTrouble("link.nonsense")


def _settings(
    tools: Tools,
    enrolment: Enrolment,
    answer: ExchangeAnswer,
    whole: ReceiptKept | None,
    round_trip_ms: int | None,
) -> tuple[tuple[str, str], ...]:
    kept = [
        (GENERATION, answer.generation),
        (LAST_SUCCESS, str(tools.clock.now().wall_ms)),
        (UNDERSTOOD, str(answer.understood)),
        (SAID, " ".join(answer.notices)),
        (WAITING, f"{max(answer.waiting, 0)} {enrolment.station}"),
        (TO_CHECK, written(answer.to_check)),
    ]
    in_doubt = DOUBTS_ITS_CLOCK in answer.notices
    if not in_doubt:
        kept += [(NEWEST_ANSWER, str(answer.centre_ms)), (PROVEN, str(answer.centre_ms))]
    if round_trip_ms is not None and not in_doubt:
        offset_ms = offset_to_centre(tools, answer.centre_ms, round_trip_ms)
        kept.append((CLOCK_OFFSET, f"{tools.clock.boot} {offset_ms}"))
    if whole is not None:
        receipt = whole.receipt
        status = "agreed" if _agrees(tools, receipt) else "differs"
        kept.append((AGREEMENT, f"{status} {receipt.count} {receipt.upto_hash.hex()}"))
        parts = (base64.b64encode(one).decode("ascii") for one in (whole.data, whole.signature))
        kept.append((WHOLE_RECEIPT, " ".join(parts)))
    return tuple(kept)


def _take_pages(tools: Tools, answer: ExchangeAnswer, enrolment: Enrolment) -> tuple[int, bool]:
    """Rows that were applied, and whether more of them are to be had at once."""
    rows = 0
    more = False
    closed = enrolment.closed
    granted = () if closed else _granted(tools, answer, enrolment)
    for page in answer.pages:
        if not (page.rows or page.reset or page.held is not None):
            continue
        taken = tools.store.apply_page(_only_to_forget(page) if closed else page, granted)
        for kind in taken.aside:
            _log.warning("a row of kind %s was put aside", kind)
        if taken.wrong:
            _log.warning("scope %s is fetched anew", page.scope)
        if page.scope == CATALOGUE:
            note_catalogue(tools, page, wrong=taken.wrong)
        if not taken.skipped:
            rows += len(page.rows)
            more = more or taken.wrong or (page.more and bool(page.rows or page.reset))
    return rows, more


def scopes_now(tools: Tools, enrolment: Enrolment) -> tuple[str, ...]:
    """The feeds to ask for: those of the enrolment, and that of the township, if the site has one."""
    with tools.store.read() as reading:
        township = reading.township()
    more = (f"{OF_A_TOWNSHIP}{township}",) if township and not enrolment.closed else ()
    return (*enrolment.scopes, *(one for one in more if one not in enrolment.scopes))


def _granted(tools: Tools, answer: ExchangeAnswer, enrolment: Enrolment) -> tuple[str, ...]:
    asked = scopes_now(tools, enrolment)
    return tuple(one for one in asked if one not in answer.not_granted)


def _let_go(tools: Tools, answer: ExchangeAnswer, enrolment: Enrolment) -> None:
    """Forget what came of scopes that the centre grants no more, unless it grants none at all."""
    granted = _granted(tools, answer, enrolment)
    if not granted:
        return
    for scope, rev in tools.store.cursors(answer.not_granted).items():
        if rev and scope in scopes_now(tools, enrolment):
            tools.store.apply_page(FeedPage(scope, 0, (), reset=True), granted)


def _only_to_forget(page: FeedPage) -> FeedPage:
    """Of a site that is not this PC's any more: whom to forget, and nothing new about anybody."""
    rows = tuple(row for row in page.rows if row.body is None or row.kind == ERASURE)
    return replace(page, rows=rows, reset=False, held=None)
