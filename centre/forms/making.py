"""Which forms the centre makes, and of what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.areas.forms.form import Form
from app.areas.forms.render_xlsx import xlsx_of
from app.areas.forms.sheets.bulletin import bulletin
from app.areas.forms.sheets.month_report import month_report
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.domain.errors import BadInput, NotFound
from centre.forms.reading import SiteSessions, sessions_for_forms
from centre.interpretation.on_demand import interpret_waiting
from centre.private_files import put_private
from centre.service import Centre
from centre.sites import find_site
from centre.store.tables import sites
from centre.words import say


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Which form of what; ``site`` a name or id, ``session`` an id or code."""

    name: str
    site: str = ""
    session: str = ""
    month: str = ""


_OF_SESSION: dict[str, Callable[..., Form]] = {
    "sign_in_sheet": sign_in_sheet,
    "session_record": session_record,
}
_OF_MONTH: dict[str, Callable[..., Form]] = {"month_report": month_report}
_OF_COUNTY: dict[str, Callable[..., Form]] = {"bulletin": bulletin}
NAMES = (*_OF_SESSION, *_OF_MONTH, *_OF_COUNTY)
"""Every form the centre makes."""


def make_form(centre: Centre, asked: FormOrder) -> Form:
    """One form.

    Raises:
        BadInput: it is not said of what.
        NotFound: there is no such site or session.
    """
    interpret_waiting(centre, asked.site)
    if asked.name in _OF_SESSION:
        return _of_session(centre, asked)
    if not asked.month:
        raise BadInput("centre.form_needs", options="--month")
    if asked.name in _OF_COUNTY:
        return _OF_COUNTY[asked.name](say, asked.month, _of_sites(centre, asked.month))
    if not asked.site:
        raise BadInput("centre.form_needs", options="--site --month")
    with centre.store.reading() as tx:
        site = find_site(tx, asked.site)
        found = sessions_for_forms(tx, site.id, month=asked.month)
    held = found[0].sessions if found else ()
    return _OF_MONTH[asked.name](say, site.name, asked.month, held)


def _of_session(centre: Centre, asked: FormOrder) -> Form:
    if not asked.session:
        raise BadInput("centre.form_needs", options="--session")
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
        put_private(folder / _plain(name), xlsx_of(tuple(_books(site, month))))
    county = bulletin(say, month, told)
    put_private(folder / _plain(f"{county.file_name}.xlsx"), xlsx_of((county,)))
    return len(told)


def _books(site: SiteSessions, month: str) -> Iterator[Form]:
    yield from (make(say, site.name, month, site.sessions) for make in _OF_MONTH.values())
    for one in site.sessions:
        if one.is_held:
            yield from (make(say, site.name, one) for make in _OF_SESSION.values())


def _plain(name: str) -> str:
    return "".join(sign if sign not in '<>:"/\\|?*' and sign >= " " else " " for sign in name)
