"""For what, with whom and by which route a session is held, as it was chosen by touch."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.catalogue.values import Campaign, Lecturer, Partner, Route, TrainingClass
from app.areas.sessions.kinds import RULES, Activity, SessionKind
from app.areas.sessions.session import PLAIN_SETTING, SessionSetting
from app.areas.sessions.views import SettingChoices
from app.domain.ids import PersonId
from app.domain.values import dataclass
from app.words import say

READABLE = 12
"""Names of so many letters stand on the button; of more it says how many were chosen."""


@dataclass(frozen=True, slots=True)
class SettingSaid:
    """What the setting form says. The stops of the route and who went on visits are asked of a paper
    that is written down; in a session that runs they are said when they happen."""

    setting: SessionSetting = PLAIN_SETTING
    stops: tuple[str, ...] = ()
    went: PersonId | None = None
    went_name: str = ""
    pairing: str = ""


def summary(said: SettingSaid, offered: SettingChoices, kind: SessionKind) -> str:
    """What stands on the button that opens the form: what is chosen, else what can be."""
    setting = said.setting
    told = [
        *_names(offered.classes, (setting.training_class,)),
        *_names(offered.campaigns, (setting.campaign,)),
        *_names(offered.lecturers, setting.lecturers),
        *_names(offered.hosts, setting.hosts),
        *_names(offered.routes, (setting.route,)),
    ]
    if said.stops:
        told.append(say("op.doing.stops", count=len(said.stops)))
    told += filter(None, (said.went_name, say(f"pairing.{said.pairing}") if said.pairing else ""))
    names = say("planned.comma").join(told)
    if told:
        return names if len(names) <= READABLE else say("op.setting.chosen", count=len(told))
    has = RULES[kind].activities
    for activity in (Activity.VISIT, Activity.STOPS):
        if activity in has:
            return say(f"op.setting.open_{activity.value}")
    return say("op.setting.open")


def is_offered(offered: SettingChoices, kind: SessionKind) -> bool:
    """Whether there is anything to choose for a kind before it is held."""
    lecturers = bool(offered.lecturers) and Activity.LECTURE in RULES[kind].activities
    return bool(offered.classes or offered.campaigns or offered.hosts) or lecturers


_Named = TrainingClass | Campaign | Lecturer | Partner | Route


def _names(rows: Iterable[_Named], keys: tuple[str, ...]) -> list[str]:
    named = {one.id: one.name for one in rows}
    return [named.get(one, one) for one in keys if one]
