"""Choosing the class, campaign, lecturers, hosts, route and visits of a session, by touch.

It is opened only by whoever wants it: an ordinary session asks none of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.areas.catalogue.values import Campaign, Lecturer, Partner, Route, RouteStop, TrainingClass
from app.areas.sessions.kinds import PAIRINGS, RULES, Activity, SessionKind
from app.areas.sessions.views import SettingChoices
from app.words import say
from ui.parts.forms.fields import Choice, field
from ui.parts.forms.person_pick import PersonPick
from ui.parts.layout import ScrollColumn, clear, column, row
from ui.parts.setting.said import SettingSaid
from ui.state.current_session import CurrentSession
from ui.theme import look, tokens
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

MOST_SHOWN = 12
"""With more rows than this they are found by writing a part of a name."""
ACROSS = 2

_Named = TrainingClass | Campaign | Lecturer | Partner | Route | RouteStop


class SettingForm(QWidget):
    """``begin`` shows what is offered; ``said`` is what was chosen when ``put_away`` is told."""

    def __init__(self, room: CurrentSession, put_away: Callable[[], None]) -> None:
        super().__init__()
        self._offered, self._kind = SettingChoices(), SessionKind.GROUP_SESSION
        self._past = False
        self.classes = Picks(say("op.setting.class"))
        self.campaigns = Picks(say("op.setting.campaign"))
        self.lecturers = Picks(say("op.setting.lecturers"), several=True)
        self.hosts = Picks(say("op.setting.hosts"), several=True)
        self.routes = Picks(say("op.kind.route"), changed=self._on_route)
        self.stops = Picks(say("op.setting.stops"), several=True)
        self.went = PersonPick(room, say("op.doing.visitor"))
        self.pairing = Choice([(one, say(f"pairing.{one}")) for one in PAIRINGS], even=True)
        self.visits = QWidget()
        self.visits.setLayout(
            column(
                label(say("op.doing.visitor"), "caption"),
                self.went,
                label(say("op.setting.pairing"), "caption"),
                self.pairing,
                gap=6,
            )
        )
        inside = ScrollColumn(gap=14)
        for part in (
            *(self.visits, self.routes, self.stops, self.classes, self.campaigns),
            *(self.lecturers, self.hosts),
        ):
            inside.rows.addWidget(part)
        self.accept = FitButton(say("op.setting.done"), icon="check", main=True)
        self.accept.clicked.connect(put_away)
        foot = row(None, self.accept)
        foot.setStretch(0, 1)
        foot.setStretch(1, 2)
        rows = column(label(say("op.setting.title"), "section"), inside, foot)
        rows.setStretch(1, 1)
        self.setLayout(rows)

    def begin(
        self, offered: SettingChoices, kind: SessionKind, chosen: SettingSaid, *, past: bool
    ) -> None:
        """Choose for a session of this kind; ``past``: it was held, and is written down."""
        self._offered, self._kind, self._past = offered, kind, past
        has, setting = RULES[kind].activities, chosen.setting
        self.classes.offer(offered.classes, (setting.training_class,))
        self.campaigns.offer(offered.campaigns, (setting.campaign,))
        self.lecturers.offer(
            offered.lecturers if Activity.LECTURE in has else (), setting.lecturers
        )
        self.hosts.offer(offered.hosts, setting.hosts)
        self.routes.offer(
            offered.routes if past and Activity.STOPS in has else (), (setting.route,)
        )
        self._offer_stops(chosen.stops)
        self.visits.setVisible(past and Activity.VISIT in has)
        if chosen.went is None:
            self.went.begin()
        else:
            self.went.choose(chosen.went, chosen.went_name)
        self.pairing.choose(chosen.pairing)

    def said(self, before: SettingSaid) -> SettingSaid:
        """What is chosen now; what is not asked of its kind stays as it was before."""
        one = next(iter(self.routes.chosen), "")
        person = self.went.person
        setting = replace(
            before.setting,
            training_class=next(iter(self.classes.chosen), ""),
            campaign=next(iter(self.campaigns.chosen), ""),
            lecturers=tuple(self.lecturers.chosen),
            hosts=tuple(self.hosts.chosen),
            route=one if self._past else before.setting.route,
        )
        name = self.went.search.text() if person is not None else ""
        return SettingSaid(setting, tuple(self.stops.chosen), person, name, self.pairing.current())

    def _on_route(self) -> None:
        """All stops of a route count as reached until one is touched."""
        route = self._route()
        self._offer_stops(() if route is None else tuple(one.id for one in route.stops))

    def _offer_stops(self, reached: tuple[str, ...]) -> None:
        route = self._route()
        self.stops.offer(() if route is None else route.stops, reached)

    def _route(self) -> Route | None:
        chosen = self.routes.chosen
        return next((one for one in self._offered.routes if one.id in chosen), None)


class Picks(QWidget):
    """A heading and rows of the catalogue below it, of which one or ``several`` may be touched."""

    def __init__(
        self, title: str, *, several: bool = False, changed: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__()
        self._several, self._changed = several, changed
        self._offered: dict[str, str] = {}
        self.chosen: list[str] = []
        self.buttons: dict[str, FitButton] = {}
        self.search = field(title, say("op.setting.search"))
        self.search.textEdited.connect(lambda _text: self._show())
        self._grid = QGridLayout()
        self._grid.setSpacing(look.scaled(tokens.GAP))
        for at in range(ACROSS):
            self._grid.setColumnStretch(at, 1)
        self.setLayout(column(label(title, "caption"), self.search, self._grid, gap=6))

    def offer(self, rows: Iterable[_Named], chosen: Iterable[str]) -> None:
        """Choose among these; without any it is not there."""
        self._offered = {one.id: one.name for one in rows}
        self.chosen = [one for one in chosen if one in self._offered]
        self.setVisible(bool(self._offered))
        self.search.setVisible(len(self._offered) > MOST_SHOWN)
        self.search.clear()
        self._show()

    def touch(self, key: str) -> None:
        """Take it, or let it go again."""
        if key in self.chosen:
            self.chosen.remove(key)
        elif self._several:
            self.chosen.append(key)
        else:
            self.chosen = [key]
        for one, button in self.buttons.items():
            button.setChecked(one in self.chosen)
        self._changed()

    def _show(self) -> None:
        """What is chosen stays in sight, whatever is looked for."""
        clear(self._grid)
        asked = self.search.text().strip().casefold()
        hits = [one for one, name in self._offered.items() if asked in name.casefold()]
        shown = dict.fromkeys((*self.chosen, *hits[:MOST_SHOWN]))
        order = [one for one in self._offered if one in shown]
        self.buttons = {}
        for at, key in enumerate(order):
            button = self.buttons[key] = FitButton(self._offered[key], checkable=True)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setChecked(key in self.chosen)
            button.clicked.connect(partial(self.touch, key))
            self._grid.addWidget(button, at // ACROSS, at % ACROSS)
