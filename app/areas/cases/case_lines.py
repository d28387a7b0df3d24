"""A case in sentences: what it is called, who has it, what was done, and what came too late."""

from __future__ import annotations

from collections.abc import Mapping

from app.areas.cases.case_kind import CaseField, CaseKind, FieldKind, Party
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import OPENING, CaseRecord, TakenStep
from app.domain.time import local_time
from app.words import say

Names = Mapping[str, str]
_NAMED = frozenset(
    {
        FieldKind.COURSE,
        FieldKind.LECTURER,
        FieldKind.PERSON,
        FieldKind.SESSION,
        FieldKind.TRAINING_CLASS,
    }
)
"""Fields that hold an id, or words where there was none."""
_MOST = 26
"""Characters of what a case is about, in a list."""


def kind_word(kind: str) -> str:
    """What cases of a kind are called."""
    return say(f"cases.kind.{kind}")


def state_word(record: CaseRecord) -> str:
    """How it stands; a claim whose maker is not to be named says so of nobody."""
    return say(f"cases.state.{record.kind}.{record.state}")


def title_of(record: CaseRecord, names: Names) -> str:
    """What it is about: the first words of its opening."""
    kind = CASE_KINDS[record.kind]
    fields = (kind.field(name) for name in (*kind.needs, *kind.may))
    told = [one for one in fields if one is not None]
    told.sort(key=lambda one: bool(one.choices))
    shown = (said(kind, one, record.value(one.name), names) for one in told)
    text = next((one for one in shown if one), kind_word(record.kind)).replace("\n", " ")
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def field_word(kind: str, name: str) -> str:
    """What a field is called."""
    return say(f"cases.field.{kind}.{name}")


def move_word(kind: str, name: str) -> str:
    """What a step is called."""
    return say("cases.open" if name == OPENING else f"cases.move.{kind}.{name}")


def said(kind: CaseKind, field: CaseField, value: str, names: Names) -> str:
    """A field's value in words."""
    if not value:
        return ""
    if field.choices:
        known = value in field.choices
        return say(f"cases.choice.{kind.name}.{field.name}.{value}") if known else value
    return names.get(value, value) if field.kind in _NAMED else value


def field_lines(record: CaseRecord, names: Names) -> tuple[tuple[str, str], ...]:
    """Each filled field by its name, in the order of the declaration."""
    kind = CASE_KINDS[record.kind]
    told = (
        (field_word(kind.name, one.name), said(kind, one, record.value(one.name), names))
        for one in kind.fields
    )
    return tuple((word, text) for word, text in told if text)


def hand_line(record: CaseRecord, site: str) -> str:
    """Who has it now."""
    if record.is_ended:
        return say("cases.hand.nobody")
    kind, turn = CASE_KINDS[record.kind], record.turn
    if record.state in kind.ongoing and Party.STATION not in turn:
        return say("cases.hand.goes_on")
    if Party.HOLDER in turn and record.holder:
        return say("cases.hand.ours" if record.holder == site else "cases.hand.claimant")
    if Party.HOME in turn:
        return say("cases.hand.ours" if record.site == site else "cases.hand.home")
    for party in (Party.STATION, Party.TOWNSHIP, Party.COUNTY):
        if party in turn:
            return say(f"cases.hand.{party.value}")
    return say("cases.hand.nobody")


def history_lines(record: CaseRecord, site: str, names: Names) -> tuple[str, ...]:
    """What was done, when and by whom, the newest first."""
    return tuple(_history_line(record, one, site, names) for one in reversed(record.history))


def _history_line(record: CaseRecord, taken: TakenStep, site: str, names: Names) -> str:
    step, kind = taken.step, CASE_KINDS[record.kind]
    told = {
        "day": f"{local_time(step.at_ms):%Y-%m-%d %H:%M}",
        "who": _who(taken, site),
        "move": move_word(record.kind, step.move),
    }
    line = say("cases.step", **told)
    if step.move != OPENING:
        values = dict((*step.fields, *step.personal))
        fields = ((one, said(kind, one, values.get(one.name, ""), names)) for one in kind.fields)
        line += "".join(
            say("cases.step_field", field=field_word(kind.name, one.name), text=text)
            for one, text in fields
            if text
        )
    if taken.is_overtaken:
        line += say("cases.step_late")
    elif not taken.is_confirmed:
        line += say("cases.step_waits")
    return line


def _who(taken: TakenStep, site: str) -> str:
    step = taken.step
    if step.party in (Party.TOWNSHIP, Party.COUNTY):
        return step.by or say(f"cases.party.{step.party.value}")
    return say("cases.party.ours" if step.site == site else "cases.party.other")


def overtaken_line(record: CaseRecord, site: str) -> str:
    """A kind sentence to us when the case went another way before our move came; else empty."""
    own = [one for one in record.overtaken if one.step.site == site and one.is_confirmed]
    if not own:
        return ""
    name = record.value("claimant") if record.value("claimant_shown") != "no" else ""
    move = own[-1].step.move
    if move in CASE_KINDS[record.kind].meeting and name:
        return say("cases.overtaken_by", name=name)
    return say("cases.overtaken", move=move_word(record.kind, move), state=state_word(record))
