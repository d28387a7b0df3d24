"""One stick, many stations: every part is served like a request that came over HTTP.

All parts of all stations are taken in first. Then each station gets the answer to its newest
request, so that its receipts speak of everything that lay on the stick, and the pages that
follow, because it can't come back to ask for them.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import field
from itertools import islice
from pathlib import Path

import msgspec
from pyrage.x25519 import Identity
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.wire.codec import pack, unpack, unpack_request
from app.wire.messages import ExchangeAnswer, ExchangeRequest, Parcel
from app.wire.signing import (
    CREDENTIAL_HEADER,
    NONCE_HEADER,
    SIGNATURE_HEADER,
    STATION_HEADER,
    credential_header,
    to_header,
)
from app.wire.sticks.folder import Folder, open_stick
from app.wire.sticks.layout import DOWN, UP
from app.wire.sticks.looking import UNSEEN, Look
from app.wire.sticks.sealing import open_part, seal
from app.wire.sticks.troubles import StickTrouble
from app.wire.sticks.writing import place_on, put
from centre.intake.exchanging import Answered, exchange
from centre.interpretation.on_demand import interpret_waiting
from centre.refusals import NotServed
from centre.seal_key import centre_identity
from centre.service import Centre
from centre.stations.credentials import Credential, recognise
from centre.stations.signed import SignedRequest
from centre.store.tables import stations

_LOG = logging.getLogger("centre.intake")
_TARGET = "/v1/exchange"
_MOST_FURTHER_PAGES = 200


@dataclass(frozen=True, slots=True)
class StationTaken:
    """What came from one station; ``answers`` is 0 when nothing could be sent back."""

    station: str
    parts: int
    facts: int
    answers: int
    has_recipient: bool


@dataclass(frozen=True, slots=True)
class StickTaken:
    """What one stick brought; ``trouble`` says why answers are missing on it."""

    stations: tuple[StationTaken, ...]
    refused: dict[str, int]
    trouble: StickTrouble | None = None


@dataclass(slots=True)
class _Sender:
    """What is remembered of a station's parts between taking in and answering."""

    station: str
    site: str = ""
    parts: int = 0
    facts: int = 0
    seen: set[str] = field(default_factory=set)
    looked_at_again: bool = False
    newest: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    """Way of judging → how new, and of the newest: what is said → name of one part that says it."""

    def remember(self, name: str, parcel: Parcel, request: ExchangeRequest) -> None:
        self.parts += 1
        self.facts += sum(len(run.facts) for run in request.runs)
        held = 0 if request.held is None else request.held.facts
        for way, how_new in (("held", held), ("made", parcel.made_ms)):
            newest = self.newest.get(way)
            if newest is None or how_new > newest[0]:
                newest = self.newest[way] = (how_new, {})
            if how_new == newest[0]:
                newest[1][_said(request)] = name

    @property
    def to_answer(self) -> tuple[str, ...]:
        """No number tells for sure which request is newest: a station may have been put back,
        its clock may be wrong. What either says is answered."""
        return tuple(sorted({name for _, said in self.newest.values() for name in said.values()}))


def take_stick(centre: Centre, root: Path) -> StickTaken:
    """Take in all that stations put on a stick, and put what they need on it.

    What was taken in is durable, whatever becomes of the answers.

    Raises:
        StickTrouble: there is no such folder.
    """
    identity = centre_identity(centre.settings)
    look = Look()
    trouble: StickTrouble | None = None
    done = []
    with open_stick(root) as stick:
        senders = [_Sender(name) for name in look.stations(stick, UP)]
        cut = _take_turns(centre, stick, look, identity, senders)
        # What some did not use is for those whose part was too small.
        _take_turns(centre, stick, look, identity, cut)
        # Nobody rings for a stick: it is read here, and the answers tell how much.
        for site in sorted({one.site for one in senders if one.parts}):
            interpret_waiting(centre, site)
        for sender in senders:
            if not sender.parts:
                continue
            recipient, answers = _recipient_of(centre, sender.station), 0
            if recipient and trouble is None:
                try:
                    answers = _answer(centre, stick, identity, sender, recipient)
                except StickTrouble as failed:
                    trouble = failed
            done.append(
                StationTaken(sender.station, sender.parts, sender.facts, answers, bool(recipient))
            )
    refused = {reason: count for reason, count in look.refused.items() if count}
    return StickTaken(tuple(done), refused, trouble)


def _take_turns(
    centre: Centre, stick: Folder, look: Look, identity: Identity, senders: list[_Sender]
) -> list[_Sender]:
    """Look at each sender's parts with an equal share; those that did not get through theirs."""
    cut = []
    for place, sender in enumerate(senders):
        among = len(senders) - place
        part = look.share(among)
        _take_in(centre, stick, part, identity, sender)
        if part.unseen and not sender.looked_at_again:
            sender.looked_at_again = True
            for reason in UNSEEN:
                del part.refused[reason]
            cut.append(sender)
        look.settle(part, among)
    return cut


def _take_in(
    centre: Centre, stick: Folder, look: Look, identity: Identity, sender: _Sender
) -> None:
    with look.station(stick, UP, sender.station) as folder:
        if folder is None:
            return
        for name in look.parts(folder, sender.seen):
            if look.spent:
                look.refused["time"] += 1
                continue
            sender.seen.add(name)
            parcel = open_part(look, folder, name, identity)
            if parcel is None:
                continue
            served = _serve(centre, parcel)
            if served is None:
                look.refused["signature"] += 1
            else:
                sender.site = served[0].site
                sender.remember(name, parcel, served[1])


def _serve(centre: Centre, parcel: Parcel) -> tuple[Credential, ExchangeRequest, Answered] | None:
    """Serve one parcel as the HTTP door would; None when it is not served."""
    headers = {
        STATION_HEADER: parcel.station,
        NONCE_HEADER: parcel.nonce,
        SIGNATURE_HEADER: to_header(parcel.signature),
    }
    if parcel.credential is not None:
        headers[CREDENTIAL_HEADER] = credential_header(parcel.credential)
    if parcel.kind != "request":
        return None
    try:
        station = recognise(centre, SignedRequest("POST", _TARGET, headers, parcel.body))
        request = unpack_request(parcel.body, ExchangeRequest)
        return station, request, exchange(centre, station, parcel.body)
    except (NotServed, BadInput) as refused:
        _LOG.info("a part of %s was not served: %s", parcel.station, refused)
    except OperationalError:
        raise
    except Exception:  # noqa: BLE001 - as at the HTTP door: one part never stops the others
        _LOG.exception("a part of %s could not be served", parcel.station)
    return None


def _answer(
    centre: Centre, stick: Folder, identity: Identity, sender: _Sender, recipient: str
) -> int:
    """Write the answers to a station's newest requests; how many parts were written."""
    look, written = Look(), 0
    brought: list[dict[str, int]] = []
    with (
        look.station(stick, UP, sender.station) as folder,
        place_on(stick, DOWN, sender.station) as target,
    ):
        for name in sender.to_answer:
            parcel = None if folder is None else open_part(look, folder, name, identity)
            served = None if parcel is None else _serve(centre, parcel)
            if served is None:
                continue
            cursors = served[1].cursors
            # Parts of one export that name other segments need their receipts, not all pages again.
            most = 1 if cursors in brought else None
            brought.append(dict(cursors))
            for answer in islice(_with_further_pages(centre, *served), most):
                sealed_name, sealed = seal(answer, recipient)
                written += put(target, sealed_name, (sealed,))
    return written


def _with_further_pages(
    centre: Centre, station: Credential, request: ExchangeRequest, answered: Answered
) -> Iterator[Parcel]:
    """The answer, and the answers the station would get if it asked on and on for pages."""
    for _ in range(_MOST_FURTHER_PAGES):
        yield Parcel(
            kind="answer",
            station=station.station,
            nonce=request.nonce.hex(),
            signature=answered.signature,
            body=answered.body,
            made_ms=centre.now_ms(),
        )
        answer = unpack(answered.body, ExchangeAnswer)
        moved = {page.scope: page.to_rev for page in answer.pages}
        if not any(page.more and (page.rows or page.reset) for page in answer.pages):
            return
        request = msgspec.structs.replace(
            request,
            generation=answer.generation,
            cursors=request.cursors | moved,
            tips=(),
            runs=(),
            held=None,
            census=None,
            known={},
            decisions=None,
            proof=None,
        )
        answered = exchange(centre, station, pack(request))


def _said(request: ExchangeRequest) -> str:
    """What an answer depends on beside the facts; parts of one export say the same."""
    tips = [(tip.segment, tip.hash) for tip in request.tips]
    said = (request.generation, sorted(request.cursors.items()), tips, request.census is None)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _recipient_of(centre: Centre, station: str) -> str:
    with centre.store.reading() as tx:
        return str(tx.scalar(select(stations.c.recipient).where(stations.c.id == station)) or "")
