"""Commands about what a person has to decide: the queue, who is proposed, erasing somebody."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from app.areas.people.person import mask_phone
from app.areas.people.proposals import Proposal
from app.domain.decoded_fact import Reason
from app.domain.errors import BadInput
from app.domain.time import local_time
from centre.commands.output import Commands, opened, write, write_json
from centre.erasing.erasing import erase_person
from centre.interpretation.queue import Waiting, resolve_person, try_again, waiting_facts
from centre.people.proposals import (
    Answer,
    OpenProposal,
    answer_proposal,
    find_proposal,
    open_proposals,
)
from centre.people.sameness import matches, say_other, say_same
from centre.reports.stations import list_stations
from centre.settings import Settings
from centre.words import said_or, say

_WHY = {
    Reason.UNREADABLE: "centre.waits_unreadable",
    Reason.WRONG_NUMBER: "centre.waits_wrong_number",
    Reason.UNKNOWN_KIND: "centre.waits_unknown_kind",
    Reason.UNKNOWN_PERSON: "centre.waits_unknown_person",
    Reason.UNKNOWN_MARK: "centre.waits_unknown_mark",
    Reason.UNKNOWN_PLAY: "centre.waits_unknown_play",
    Reason.FAILED: "centre.waits_failed",
    Reason.PAYLOAD_LACKING: "centre.waits_payload_lacking",
    Reason.PAYLOAD_UNREADABLE: "centre.waits_payload_unreadable",
}


def add_commands(commands: Commands) -> None:
    """``queue``, ``proposals`` and ``erase-person``."""
    queue = commands.add_parser("queue")
    queue.add_argument("--site", default="", help="name or id")
    queue.add_argument("--retry", action="store_true", help="read them once more first")
    queue.add_argument("--fact", type=int, help="number of a waiting mark, with --as")
    queue.add_argument(
        "--as",
        dest="person",
        default="",
        metavar="PERSON",
        help="id of the roster person it is of; said again, the newest word counts",
    )
    queue.add_argument("--by", default="", help="who says so")
    queue.add_argument("--reason", default="")
    queue.add_argument("--json", action="store_true")
    queue.set_defaults(run=show_queue)

    _add_proposals(commands)
    _add_matches(commands)
    erase = commands.add_parser("erase-person")
    erase.add_argument("id")
    erase.add_argument("--by", required=True, help="who had it done")
    erase.add_argument("--reason", required=True)
    erase.set_defaults(run=erase_somebody)


def _add_proposals(commands: Commands) -> None:
    proposals = commands.add_parser("proposals")
    verbs = proposals.add_subparsers(required=True, metavar="VERB")
    listed = verbs.add_parser("list")
    listed.add_argument("--site", default="", help="name or id")
    listed.set_defaults(run=list_proposals)
    shown = verbs.add_parser("show")
    shown.add_argument("id")
    shown.set_defaults(run=show_proposal)
    answered = verbs.add_parser("answer")
    answered.add_argument("id")
    said = answered.add_mutually_exclusive_group(required=True)
    said.add_argument("--same", default="", metavar="PERSON", help="is this one of the roster")
    said.add_argument("--new", action="store_true", help="take in, or let the correction hold")
    said.add_argument("--no", default="", metavar="REASON", help="not wanted, and why")
    answered.add_argument("--by", required=True, help="who says so")
    answered.set_defaults(run=answer)
    for one in (listed, shown, answered):
        one.add_argument("--json", action="store_true")


def _add_matches(commands: Commands) -> None:
    matched = commands.add_parser("matches")
    matched.add_argument("--site", default="", help="name or id")
    matched.add_argument("--json", action="store_true")
    matched.set_defaults(run=list_matches)
    same = commands.add_parser("same-person")
    same.add_argument("id", help="a visitor's id, or that of another roster")
    same.add_argument("person", nargs="?", default="", help="id of the person they are")
    same.add_argument("--undo", action="store_true", help="they are not")
    same.add_argument("--by", required=True, help="who says so")
    same.add_argument("--reason", default="")
    same.set_defaults(run=same_person)


def list_matches(settings: Settings, chosen: argparse.Namespace) -> int:
    """Who may be somebody of a roster."""
    with opened(settings) as centre:
        found = matches(centre, chosen.site)
    if chosen.json:
        write_json([msgspec.to_builtins(one) for one in found])
        return 0
    lines = []
    for one in found:
        key = "centre.match_visitor" if one.is_visitor else "centre.match_double"
        lines.append(say(key, **msgspec.to_builtins(one)))
        for known in one.likely:
            lines.append(say("centre.match_likely", before=one.id, **msgspec.to_builtins(known)))
    write(*(lines or [say("centre.no_matches")]))
    return 0


def same_person(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say that two ids are one person, or take that back."""
    with opened(settings) as centre:
        if chosen.undo:
            count = say_other(centre, chosen.id)
        else:
            told = {"by": chosen.by, "reason": chosen.reason}
            count = say_same(centre, chosen.id, chosen.person, **told)
    write(say("centre.same_undone" if chosen.undo else "centre.same_done", sessions=count))
    return 0


def show_queue(settings: Settings, chosen: argparse.Namespace) -> int:
    """List what waits; decide about one, or read all once more, before."""
    with opened(settings) as centre:
        if chosen.fact is not None or chosen.person:
            if chosen.fact is None:
                raise BadInput("centre.resolve_needs_fact")
            resolve_person(centre, chosen.fact, chosen.person, by=chosen.by, reason=chosen.reason)
        if chosen.retry:
            try_again(centre, site=chosen.site)
        waiting = waiting_facts(centre, site=chosen.site)
        apart = [
            one
            for one in list_stations(centre)
            if one.quarantined and chosen.site in ("", one.site, one.site_name)
        ]
    if chosen.json:
        told = [{**msgspec.to_builtins(one), "why": _why(one)} for one in waiting]
        write_json(told)
        return 0
    lines = [
        say(
            "centre.queue_line",
            arrival=one.arrival,
            site=one.site_name,
            session=one.session or "—",
            kind=one.kind or "—",
            since=f"{local_time(one.since_ms):%Y-%m-%d %H:%M}",
            why=_why(one),
        )
        for one in waiting
    ]
    lines += [
        say("centre.queue_apart", station=one.station, site=one.site_name, count=one.quarantined)
        for one in apart
    ]
    write(*(lines or [say("centre.queue_empty")]))
    return 0


def _why(one: Waiting) -> str:
    return say(_WHY[Reason(one.reason)], detail=one.detail)


def erase_somebody(settings: Settings, chosen: argparse.Namespace) -> int:
    """Erase somebody's data, and say what is out of reach."""
    with opened(settings) as centre:
        done = erase_person(centre, chosen.id, by=chosen.by, reason=chosen.reason)
    told = say("centre.erased", person=done.person, payloads=done.payloads, sessions=done.sessions)
    write(told)
    return 0


def list_proposals(settings: Settings, chosen: argparse.Namespace) -> int:
    """Whatever waits for an answer."""
    with opened(settings) as centre:
        found = open_proposals(centre, chosen.site)
    if chosen.json:
        write_json([_plain(one) for one in found])
        return 0
    write(*([_line(one) for one in found] or [say("centre.no_proposals")]))
    return 0


def show_proposal(settings: Settings, chosen: argparse.Namespace) -> int:
    """One, word for word, and who it may be."""
    with opened(settings) as centre:
        found = find_proposal(centre, chosen.id)
    if chosen.json:
        write_json(_plain(found))
        return 0
    lines = [_line(found)]
    lines += [f"  {_word(one)}" for one in found.words]
    for one in found.likely:
        told = (one.branch, mask_phone(one.phone), one.birth)
        about = ", ".join(part for part in told if part)
        lines.append(say("centre.proposal_likely", name=one.name, about=about, id=one.id))
    write(*lines)
    return 0


def answer(settings: Settings, chosen: argparse.Namespace) -> int:
    """Answer one."""
    with opened(settings) as centre:
        told = Answer(by=chosen.by, same=chosen.same, refuse=chosen.no)
        done = answer_proposal(centre, chosen.id, told)
    if chosen.json:
        write_json(
            {
                "name": done.name,
                "person": done.person,
                "state": done.state.value,
                "words": done.words,
                "sessions": done.sessions,
            }
        )
        return 0
    key = f"centre.proposal_{done.state.value}"
    write(say(key, name=done.name, id=done.person, sessions=done.sessions))
    return 0


def _line(one: OpenProposal) -> str:
    return say(
        "centre.proposal_line",
        id=one.id,
        site=one.site_name,
        name=one.name,
        what=say("centre.proposal_is_new" if one.is_new else "centre.proposal_changes"),
        likely=len(one.likely),
    )


def _word(one: Proposal) -> str:
    parts = [f"{said_or(f'roster.field_{field}', field)} {value}" for field, value in one.said]
    if one.standing is not None:
        span = f"{one.standing.since} – {one.standing.until or ''}".rstrip(" –")
        parts.append(f"{say(f'roster.value_{one.standing.kind.value}')} {span}".rstrip())
    parts += [one.reason] if one.reason else []
    what = say(f"centre.proposal_word_{one.kind}")
    return f"{local_time(one.at_ms):%Y-%m-%d %H:%M}  {what}  {'; '.join(parts)}".rstrip()


def _plain(one: OpenProposal) -> dict[str, Any]:
    return {
        "id": one.id,
        "site": one.site,
        "site_name": one.site_name,
        "name": one.name,
        "is_new": one.is_new,
        "says": one.says,
        "words": [
            {
                "fact": word.hash,
                "kind": word.kind,
                "at": f"{local_time(word.at_ms):%Y-%m-%d %H:%M}",
                "by": word.actor,
                "said": dict(word.said),
                "reason": word.reason,
                "standing": None
                if word.standing is None
                else {
                    "kind": word.standing.kind.value,
                    "since": word.standing.since,
                    "until": word.standing.until,
                    "needs_visit": word.standing.needs_visit,
                    "contact": word.standing.contact,
                },
            }
            for word in one.words
        ],
        "likely": [
            {
                "id": known.id,
                "name": known.name,
                "branch": known.branch,
                "phone": mask_phone(known.phone),
                "birth": known.birth,
                "active": known.active,
            }
            for known in one.likely
        ],
    }
