"""Which forms the centre makes, and of what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from app.areas.forms.form import Form
from app.areas.forms.held import FormSession
from app.areas.forms.render_xlsx import xlsx_of
from app.areas.forms.sheets.bulletin import bulletin
from app.areas.forms.sheets.feedback import CASE_KIND, feedback
from app.areas.forms.sheets.month_report import month_report
from app.areas.forms.sheets.rating_sheet import rating_sheet
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.people.person import Site
from app.domain.errors import BadInput, NotFound
from app.domain.ids import SiteId
from app.domain.time import local_date
from app.domain.values import dataclass
from centre.forms.ledger_forms import (
    cases_of,
    class_of,
    equipment_of,
    running_of,
    site_of,
    visits_of,
    year_of,
)
from centre.forms.reading import SiteSessions, month_days, sessions_for_forms
from centre.interpretation.on_demand import interpret_waiting
from centre.private_files import put_private
from centre.service import Centre
from centre.sites import find_site
from centre.store.tables import sites
from centre.words import say


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Which form of what; ``site`` and ``training_class`` a name or id, ``session`` an id or code,
    ``day`` an ISO date (else today)."""

    name: str
    site: str = ""
    session: str = ""
    month: str = ""
    person: str = ""
    year: int = 0
    training_class: str = ""
    day: str = ""
    restricted: bool = False
    """Whoever asks is entitled to see who is in a restricted class."""


_OF_SESSION: dict[str, Callable[..., Form]] = {
    "sign_in_sheet": sign_in_sheet,
    "session_record": session_record,
    "rating_sheet": rating_sheet,
}

_OF_MONTH = ("month_report", "feedback", "running_record")


def make_form(centre: Centre, asked: FormOrder) -> Form:
    """One form.

    Raises:
        BadInput: it is not said of what.
        NotFound: there is nothing of that name or id.
    """
    interpret_waiting(centre, asked.site)
    return _MAKERS[asked.name](centre, asked)


def _of_month(centre: Centre, asked: FormOrder) -> Form:
    with centre.store.reading() as tx:
        site = find_site(tx, _needed(asked, "site", "month").site)
        found = sessions_for_forms(tx, site.id, month=asked.month)
        held = found[0].sessions if found else ()
        return _month_of(tx, asked.name, site, asked.month, held)


def _month_of(
    tx: Connection, name: str, site: Site, month: str, held: tuple[FormSession, ...]
) -> Form:
    """A form of a site's month."""
    if name == "month_report":
        return month_report(say, site.name, month, held)
    if name == "running_record":
        return running_of(tx, site, month, *month_days(month))
    told = sorted(cases_of(tx, site, CASE_KIND), key=lambda one: (one.opened_ms, one.case))
    return feedback(say, site.name, month, held, told)


def _running(centre: Centre, asked: FormOrder) -> Form:
    with centre.store.reading() as tx:
        site = find_site(tx, _needed(asked, "site", "month").site)
        return _month_of(tx, asked.name, site, asked.month, ())


def _bulletin(centre: Centre, asked: FormOrder) -> Form:
    month = _needed(asked, "month").month
    return bulletin(say, month, _of_sites(centre, month))


def _year(centre: Centre, asked: FormOrder) -> Form:
    with centre.store.reading() as tx:
        return year_of(tx, _needed(asked, "person", "year").person, asked.year)


def _visits(centre: Centre, asked: FormOrder) -> Form:
    with centre.store.reading() as tx:
        site = find_site(tx, _needed(asked, "site").site)
        return visits_of(tx, site, asked.day or _today(centre).isoformat())


def _class(centre: Centre, asked: FormOrder) -> Form:
    with centre.store.reading() as tx:
        named = _needed(asked, "training_class").training_class
        return class_of(tx, named, restricted=asked.restricted)


def _site(centre: Centre, asked: FormOrder) -> Form:
    with centre.store.reading() as tx:
        site = find_site(tx, _needed(asked, "site").site)
        is_register = asked.name == "equipment_list"
        return equipment_of(tx, site) if is_register else site_of(tx, site, _today(centre))


def _needed(asked: FormOrder, *names: str) -> FormOrder:
    """The order, when it says all that its form needs."""
    if not all(getattr(asked, one) for one in names):
        options = " ".join("--class" if one == "training_class" else f"--{one}" for one in names)
        raise BadInput("centre.form_needs", options=options)
    return asked


def _today(centre: Centre) -> date:
    return local_date(centre.now_ms())


def _of_session(centre: Centre, asked: FormOrder) -> Form:
    _needed(asked, "session")
    with centre.store.reading() as tx:
        site = find_site(tx, asked.site).id if asked.site else ""
        found = sessions_for_forms(tx, site, named=asked.session)
    if not found:
        raise NotFound("centre.form_no_session", session=asked.session)
    return _OF_SESSION[asked.name](say, found[0].name, found[0].sessions[0])


def _of_sites(centre: Centre, month: str) -> tuple[SiteSessions, ...]:
    """Every site, also those that recorded nothing."""
    with centre.store.reading() as tx:
        rows = tx.execute(select(sites.c.id, sites.c.name).order_by(sites.c.name, sites.c.id)).all()
        told = {one.site: one for one in sessions_for_forms(tx, "", month=month)}
    return tuple(told.get(row.id) or SiteSessions(row.id, row.name, ()) for row in rows)


def write_month(centre: Centre, month: str, folder: Path) -> int:
    """Write every site's books of a month, a workbook each, and the county's; how many sites."""
    interpret_waiting(centre, "")
    folder.mkdir(parents=True, exist_ok=True)
    told = _of_sites(centre, month)
    for site in told:
        name = f"{say('form.books')} {site.name} {site.site} {month}.xlsx"
        with centre.store.reading() as tx:
            place = Site(SiteId(site.site), site.name)
            books = [_month_of(tx, one, place, month, site.sessions) for one in _OF_MONTH]
        put_private(folder / _plain(name), [xlsx_of((*books, *_papers(site)))])
    county = bulletin(say, month, told)
    put_private(folder / _plain(f"{county.file_name}.xlsx"), [xlsx_of((county,))])
    return len(told)


def _papers(site: SiteSessions) -> Iterator[Form]:
    """Each session's own sheets."""
    for one in site.sessions:
        if one.is_held:
            yield from (make(say, site.name, one) for make in (sign_in_sheet, session_record))


def _plain(name: str) -> str:
    return "".join(sign if sign not in '<>:"/\\|?*' and sign >= " " else " " for sign in name)


_MAKERS: dict[str, Callable[[Centre, FormOrder], Form]] = {
    **dict.fromkeys(_OF_SESSION, _of_session),
    "month_report": _of_month,
    "feedback": _of_month,
    "running_record": _running,
    "year_of_person": _year,
    "visit_list": _visits,
    "class_file": _class,
    "site_file": _site,
    "equipment_list": _site,
    "bulletin": _bulletin,
}
NAMES = tuple(_MAKERS)
"""Every form the centre makes."""
