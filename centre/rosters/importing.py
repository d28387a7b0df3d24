"""Importing a roster: what would change is worked out first, and written only when asked.

The file speaks for the branches that stand in it: whoever was active there and is not in
it any more becomes inactive; a file without branches speaks for the whole site. A file with
wrong rows or open questions changes nothing, unless those rows are left out – and nobody is
stopped because their row was. Full telephone numbers stay at the centre, for matching;
stations get the last four digits. No import changes what a session says that is over: each
person remembers what they were called and where they belonged until when.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from app.domain.decoded_fact import Reason
from app.domain.errors import NotFound
from app.rosters.files.opening import open_sheets
from app.rosters.import_plan import Decided, ImportOutcome, ReadFile, Standpoint, work_out
from app.rosters.sheets.sheet_rows import read_roster
from centre.interpretation.on_demand import interpret_waiting
from centre.interpretation.pending import retry_held
from centre.rosters.acts import IMPORT, Act, keep_act
from centre.rosters.elsewhere import active_elsewhere
from centre.rosters.held import branch_names, people_of, write_people
from centre.rosters.identity import identity_mark
from centre.rosters.sessions import holds_from
from centre.service import Centre
from centre.sites import find_site, make_site
from centre.store.site_lock import lock_site

__all__ = ["Decided", "ImportOutcome", "ReadFile", "import_read", "import_roster"]


def import_roster(
    centre: Centre, path: Path, site_name: str, *, apply: bool, decided: Decided | None = None
) -> ImportOutcome:
    """Work out what a file changes for a site, and change it if ``apply``.

    Raises:
        BadInput: the file is no roster; an answer has no question; or ``apply`` was asked while
            rows are wrong or in question, or while very many would be stopped or renamed.
        NotFound: there is no such site.
    """
    sheets = open_sheets(path)
    read = read_roster(sheets, path.name)
    wish = Decided() if decided is None else decided
    return import_read(centre, site_name, ReadFile(path.name, read, sheets), wish, apply=apply)


def import_read(
    centre: Centre, site_name: str, file: ReadFile, decided: Decided, *, apply: bool
) -> ImportOutcome:
    """``import_roster`` for a file that was read already.

    What came in of the site is read first: from when on a change holds follows from its sessions.
    """
    with suppress(NotFound):
        interpret_waiting(centre, site_name)
    try:
        with centre.store.writing() as tx:
            try:
                site = find_site(tx, site_name).id
            except NotFound:
                if not decided.create:
                    raise
                site = make_site(tx, site_name).id
            lock_site(tx, site)
            outcome = _import(centre, tx, site, file, decided, apply=apply)
            if not apply:
                raise _OnlySaid(outcome)  # undoes the transaction: a site would stay behind
    except _OnlySaid as said:
        return said.outcome
    if outcome.applied:
        retry_held(centre, site, (Reason.UNKNOWN_PERSON, Reason.FAILED))
    return outcome


class _OnlySaid(Exception):
    """A dry run is over; carries what it found."""

    def __init__(self, outcome: ImportOutcome) -> None:
        super().__init__()
        self.outcome = outcome


def _import(  # noqa: PLR0913 - whose file, into which site, and what was decided
    centre: Centre, tx: Connection, site: str, file: ReadFile, decided: Decided, *, apply: bool
) -> ImportOutcome:
    now_ms = centre.now_ms()
    before = Standpoint(
        site=site,
        held=people_of(tx, site),
        names=branch_names(tx, site),
        from_ms=holds_from(tx, site, now_ms),
        mark=partial(identity_mark, centre.key),
    )
    done = work_out(file, decided, before, apply=apply)
    outcome = replace(
        done.outcome, remarks=(*done.outcome.remarks, *active_elsewhere(tx, site, done.rows))
    )
    if not apply:
        return outcome
    write_people(tx, site, done.changing, done.fresh_units)
    if not done.changing:
        return outcome
    act = Act(IMPORT, file.name)
    return replace(outcome, import_id=keep_act(tx, site, act, before.held, done.changing, now_ms))
