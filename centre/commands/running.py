"""``init``, ``serve``, ``new-generation``, ``replay``: making a centre and running it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from centre.commands.output import Commands, opened, write
from centre.decisions.put_back import say_put_back
from centre.opening import begin_new_key, begin_new_store, open_centre
from centre.settings import Settings
from centre.words import say


def add_commands(commands: Commands) -> None:
    """Add the four."""
    made = commands.add_parser("init")
    made.add_argument("--new-key", action="store_true", help="when centre.key is lost for good")
    made.add_argument("--new-store", action="store_true", help="when the records are lost for good")
    made.set_defaults(run=init)

    served = commands.add_parser("serve")
    served.add_argument("--host", default="127.0.0.1")
    served.add_argument("--port", type=_port, default=8480, help="0 takes a free one")
    how = served.add_mutually_exclusive_group()
    how.add_argument("--plain", action="store_true", help="without TLS, behind a proxy here")
    how.add_argument(
        "--tls", action="store_true", help="with TLS on this machine's own address too"
    )
    served.add_argument("--certificate", type=Path, help="PEM that a proxy in front shows")
    served.add_argument("--processes", type=_count, default=1, help="several need PostgreSQL")
    served.set_defaults(run=serve, reminds=False)  # it goes on until it is stopped

    renewed = commands.add_parser("new-generation")
    renewed.set_defaults(run=new_generation)

    replayed = commands.add_parser("replay")
    replayed.add_argument("--projection", default="", metavar="NAME", help="one of them; else all")
    replayed.set_defaults(run=replay)


def init(settings: Settings, chosen: argparse.Namespace) -> int:
    """Make the store and the key, or another key for a centre that lost its own."""
    if chosen.new_key:
        begin_new_key(settings)
        write(say("centre.key_new"))
    if chosen.new_store:
        begin_new_store(settings)
        write(say("centre.store_new"))
    open_centre(settings, may_begin=True).close()
    write(say("centre.made", home=settings.home))
    return 0


def serve(settings: Settings, chosen: argparse.Namespace) -> int:
    """Answer stations until interrupted."""
    from centre.web.server import ServeWish
    from centre.web.server import serve as serve_until_stopped

    wish = ServeWish(
        host=chosen.host,
        port=chosen.port,
        plain=chosen.plain,
        tls=chosen.tls,
        certificate=chosen.certificate,
        processes=chosen.processes,
    )
    try:
        serve_until_stopped(settings, wish)
    except OSError:
        where = f"{chosen.host}:{chosen.port}"
        sys.stderr.write(say("centre.address_taken", address=where) + "\n")
        return 1
    return 0


def new_generation(settings: Settings, _chosen: argparse.Namespace) -> int:
    """Say that the store was put back."""
    with opened(settings) as centre:
        write(say("centre.new_generation", generation=say_put_back(centre)))
    return 0


def replay(settings: Settings, chosen: argparse.Namespace) -> int:
    """Have projections folded anew, and tell how far it is."""
    from centre.interpretation.projections.replay import begin_replay, folded_of, replay_some
    from centre.store.projection_versions import RebuildStep

    with opened(settings) as centre:
        names = begin_replay(centre, chosen.projection)
        told = ("", RebuildStep.NONE, 0)
        while (now := replay_some(centre, wait=True)) is not None:
            tenth = now.projection, now.step, now.done * 10 // max(now.of_all, 1)
            if now.step is not RebuildStep.NONE and tenth != told:
                key = (
                    "centre.replay_index" if now.step is RebuildStep.INDEX else "centre.replay_fold"
                )
                values = {"name": now.projection, "done": now.done, "of_all": now.of_all}
                write(say(key, **values))
                told = tenth
        for name, done in folded_of(centre, names):
            write(say("centre.replay_done", name=name, done=done))
    return 0


def _count(spelled: str) -> int:
    number = int(spelled)
    if not 1 <= number <= 64:
        raise ValueError
    return number


def _port(spelled: str) -> int:
    number = int(spelled)
    if not 0 <= number <= 65_535:
        raise ValueError
    return number
