"""What a session is and what was done in it, in words: the same on screens, paper and commands."""

from __future__ import annotations

from collections.abc import Callable

from app.areas.catalogue.values import Approval
from app.areas.ratings.lines import rating_lines
from app.areas.sessions.activities import AgendaLine, LectureLine, StopLine, VisitLine
from app.areas.sessions.approval import LateState
from app.areas.sessions.kinds import AGENDA, SessionKind, kind_of
from app.areas.sessions.session import PlanEntry, Session
from app.areas.sessions.views import SessionView
from app.domain.time import local_time
from app.words import say


def kind_word(kind: str) -> str:
    """What a kind is called."""
    return say(f"session_kind.{kind_of(kind).value}")


def titled(session: Session | PlanEntry) -> str:
    """The title, with the kind before it unless that is the ordinary one or says the same."""
    word = kind_word(session.kind)
    is_plain = kind_of(session.kind) is SessionKind.GROUP_SESSION or word in session.title
    return session.title if is_plain else f"{word} · {session.title}"


def agenda_word(item: str) -> str:
    """What an agenda item is called: one of the theme day's, or as it was written."""
    return say(f"agenda_item.{item}") if item in AGENDA else item


def activity_lines(view: SessionView) -> tuple[str, ...]:
    """Where it was held, what was done, and that it was written down afterwards, a line each."""
    session, done, name = view.session, view.session.activities, _names_of(view)
    setting = session.setting
    named = (
        setting.place,
        *(name(one) for one in (setting.training_class, setting.campaign, setting.route)),
        *(name(one) for one in (*setting.hosts, *setting.lecturers)),
    )
    lines = [" · ".join(filter(None, named))]
    lines += [
        say("doing.line", what=agenda_word(one.item), how=agenda_state(one))
        for one in agenda_of_session(session)
        if one.hash
    ]
    lines += [say("doing.line", what=name(one.stop), how=reached(one)) for one in done.stops]
    lines += [lecture_line(one, view) for one in done.lectures]
    lines += [
        say("doing.heads", kind=say(f"head_kind.{one.kind}"), count=one.count) for one in done.heads
    ]
    lines += [visit_line(one, view) for one in done.visits]
    lines += rating_lines(say, view.ratings)
    if done.late is not None:
        held, written = (
            f"{local_time(at):%Y-%m-%d %H:%M}"
            for at in (done.late.held_from_ms, done.late.written_ms)
        )
        told = {"held": held, "written": written, "by": done.late.by, "reason": done.late.reason}
        lines.append(say("doing.late", **told))
    if view.late is not None:
        lines.append(_late_line(view.late, view.word))
    elif view.pending:
        lines.append(say("late.pending", count=view.pending))
    return tuple(filter(None, lines))


def _late_line(state: LateState, word: Approval | None) -> str:
    """How a late session stands; who decided so and why."""
    told = say(f"late_state.{state.value}")
    if word is None or word.stopped:
        return told
    told = say("late.decided", state=told, by=word.by)
    return say("doing.line", what=told, how=word.note) if word.note else told


def agenda_of_session(session: Session) -> tuple[AgendaLine, ...]:
    """Every item in its order, those not spoken of yet too (not done, no fact)."""
    said = {one.item: one for one in session.activities.agenda}
    items = dict.fromkeys((*session.setting.agenda, *said))
    return tuple(said.get(one, AgendaLine(one, is_done=False)) for one in items)


def agenda_state(one: AgendaLine) -> str:
    """Done, skipped with its reason, or not spoken of yet."""
    if not one.hash:
        return say("doing.open")
    if one.is_done:
        return say("doing.done")
    return say("doing.skipped", reason=one.reason) if one.reason else say("doing.not_done")


def reached(one: StopLine) -> str:
    """When a stop was reached."""
    return say("doing.reached", time=f"{local_time(one.at_ms):%H:%M}")


def lecture_line(one: LectureLine, view: SessionView) -> str:
    """Who spoke on what, for how long."""
    who = one.name or _names_of(view)(one.lecturer or one.person)
    return say("doing.lecture", who=who, topic=one.topic, minutes=one.minutes)


def visit_line(one: VisitLine, view: SessionView) -> str:
    """Who was visited by whom, for how long."""
    name = _names_of(view)
    told = {"who": name(one.person), "by": name(one.by), "minutes": one.minutes}
    line = say("doing.visit_by" if one.by else "doing.visit", **told)
    if not one.pairing:
        return line
    return say("doing.visit_for", visit=line, pairing=say(f"pairing.{one.pairing}"))


def _names_of(view: SessionView) -> Callable[[str], str]:
    return lambda key: view.names.get(key, key)
