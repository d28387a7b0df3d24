"""Opening a centre: the checks of its home first, then store and key; and making either anew."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, select

from app.domain.errors import BadInput
from app.domain.ids import id_from_random
from app.wire.signing import public_key_of
from centre.home import (
    Remembered,
    check_belongs,
    check_key,
    forget,
    key_mark,
    look,
    refuse_half_restored,
    remember,
    remembered,
    settled,
    shown_address,
)
from centre.service import Centre, Clock, new_generation, wall_clock
from centre.settings import Settings, make_home, read_key
from centre.store.engine import Store, open_engine
from centre.store.insert import insert_new, put_row
from centre.store.projection_versions import are_mine
from centre.store.tables import centre_state
from centre.store.upgrade import HEAD, ensure_schema

_BORN_WITH = {"centre", "generation", "key"}
_DONE_ONCE = {"judged_by_right", "resolutions_told"}


def open_centre(
    settings: Settings,
    *,
    now_ms: Clock = wall_clock,
    may_begin: bool = False,
    is_restoring: bool = False,
) -> Centre:
    """Open the centre; a home that is quite new gets folder, key, tables and configuration.

    ``may_begin`` makes a store beside a key that has none yet, as ``init`` does; ``is_restoring``
    opens a home whose restore is not at its end yet.

    Raises:
        StoreTrouble: key, configuration or store are broken, missing or another centre's, or
            the store belongs to a newer program.
        BadInput: another database is named than the home remembers.
    """
    settings = settled(settings)
    if not is_restoring:
        refuse_half_restored(settings.home)
    if settings.key_file.exists():
        read_key(settings)
    found = look(settings.database_address)
    check_belongs(settings, found, may_begin=may_begin)
    make_home(settings)
    key = read_key(settings)
    check_key(settings, found, public_key_of(key))
    if found is None or found.revision != HEAD:
        ensure_schema(settings.database_address)
    store = Store(open_engine(settings.database_address))
    with store.reading() as tx:
        is_ready, known = are_mine(tx), _known(tx)
    if not is_ready:
        ensure_schema(settings.database_address)
    if not known.keys() >= _BORN_WITH:
        with store.writing() as tx:
            born = (
                {"name": "centre", "value": id_from_random("c-", secrets.token_bytes(10))},
                {"name": "generation", "value": new_generation()},
                {"name": "key", "value": key_mark(public_key_of(key))},
            )
            insert_new(tx, centre_state, born, key=["name"])
            known = _known(tx)
    if remembered(settings.home) is None:
        remember(settings.home, Remembered(known["centre"], settings.database))
    centre = Centre(store, key, known["centre"], settings.media, now_ms, settings)
    if not known.keys() >= _DONE_ONCE:  # a new store, or one an older program wrote
        from centre.decisions.resolutions import tell_all
        from centre.stations.rights.judged_again import judge_again

        judge_again(centre)
        tell_all(centre)
    return centre


def _known(tx: Connection) -> dict[str, str]:
    """What the store says of itself, by name."""
    return {row.name: str(row.value) for row in tx.execute(select(centre_state))}


def begin_new_store(settings: Settings) -> None:
    """Let a centre whose records are lost begin an empty store, under the same key.

    Stations then bring back what they hold; rosters, courses and plans are made anew.

    Raises:
        BadInput: the store is there.
    """
    settings = settled(settings)
    found = look(settings.database_address)
    if found is not None and found.centre:
        raise BadInput("centre.store_there", address=shown_address(settings.database_address))
    forget(settings.home)


def begin_new_key(settings: Settings) -> None:
    """Make a key for a centre that lost its own; every station must then be enrolled anew.

    Raises:
        BadInput: the key is there.
        StoreTrouble: there is no store that lost a key.
    """
    settings = settled(settings)
    refuse_half_restored(settings.home)
    if settings.key_file.exists():
        raise BadInput("centre.key_there", path=str(settings.key_file))
    found = look(settings.database_address)
    if found is not None and found.centre:
        make_home(settings)
        mark = key_mark(public_key_of(read_key(settings)))
        store = Store(open_engine(settings.database_address))
        with store.writing() as tx:
            put_row(tx, centre_state, {"name": "key", "value": mark}, key=["name"])
        store.close()
