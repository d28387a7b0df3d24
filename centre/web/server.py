"""Running the service until it is told to stop: one process, or several on one socket.

Nothing in a process's memory matters beyond its lanes, so any of several may answer any
request, and one that dies is started anew.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from ipaddress import ip_address
from multiprocessing.synchronize import Semaphore
from pathlib import Path
from typing import TYPE_CHECKING, cast

import uvicorn
from litestar.types import ASGIApp

from app.domain.errors import BadInput
from app.domain.values import dataclass
from centre.home import only_one_serves, settled
from centre.opening import open_centre
from centre.service import wall_clock
from centre.settings import Settings
from centre.tls import first_certificate, make_certificate
from centre.web.application import create_app
from centre.web.connection_limits import MOST_CONNECTIONS, MOST_HEAD_BYTES, Connection
from centre.web.workers import Workers, end_with_parent, start_count

if TYPE_CHECKING:
    from uvicorn._types import ASGIApplication

_KEEP_ALIVE_S = 15
_READY_S = 60
"""For a process that takes another's place after SIGHUP: until then the old one serves."""


@dataclass(frozen=True, slots=True)
class ServeWish:
    """How to serve. Port 0 takes a free one; ``certificate`` is what a proxy in front shows.

    TLS is used unless only this machine can connect, or ``plain`` says so (then only this
    machine may); ``tls`` asks for it on this machine too.
    """

    host: str
    port: int
    plain: bool = False
    tls: bool = False
    certificate: Path | None = None
    processes: int = 1


def serve(settings: Settings, wish: ServeWish) -> None:
    """Serve until interrupted.

    Raises:
        StoreTrouble: the store, the key or the certificate cannot be used.
        BadInput: plain HTTP for other machines, several processes on SQLite, or another
            database than the home remembers.
        OSError: the address cannot be taken.
    """
    settings = settled(settings)
    here_only = _is_loopback(wish.host)
    if wish.plain and not here_only:
        raise BadInput("centre.plain_only_here")
    if wish.processes > 1 and not settings.database.startswith("postgresql"):
        raise BadInput("centre.processes_need_postgres")
    secure = wish.tls or not (wish.plain or here_only)
    own = settings.certificate_file if secure else None
    if own is not None:
        make_certificate(own, wall_clock())
    shown = wish.certificate or own
    if shown is not None:
        first_certificate(shown)
    settings = replace(settings, certificate=shown)
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    # The protocol's number is what makes the loop send small answers at once (TCP_NODELAY).
    with (
        only_one_serves(settings.home),
        socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening,
    ):
        if socket.SO_REUSEADDR and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((wish.host, wish.port))
        address = _address(listening, secure=secure)

        def tell() -> None:
            line = {"ready": True, "address": address, "port": listening.getsockname()[1]}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()

        listening.listen()
        if wish.processes == 1:
            served = _config(_application(settings, tell), own)
            uvicorn.Server(served).run(sockets=[listening])
        else:
            open_centre(settings).close()
            started = start_count()
            made = partial(_in_worker, settings, started)
            Workers(_config(made, own, wish.processes), listening, started, tell).run()


def _config(
    served: ASGIApp | Callable[[], ASGIApp], certificate_file: Path | None, processes: int = 1
) -> uvicorn.Config:
    """How uvicorn serves an application, or what makes it in each of several processes."""
    return uvicorn.Config(
        cast("ASGIApplication", served),
        factory=processes > 1,
        workers=processes,
        http=Connection,
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        ssl_certfile=certificate_file,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=_READY_S,
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
    )


def _in_worker(settings: Settings, started: Semaphore) -> ASGIApp:
    end_with_parent()
    return _application(settings, started.release)


def _application(settings: Settings, ready: Callable[[], object]) -> ASGIApp:
    """The application in a process that serves it."""
    _allow_many_files()
    return create_app(settings, ready=ready)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(listening: socket.socket, *, secure: bool) -> str:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http{'s' if secure else ''}://{shown}:{port}"


def _allow_many_files() -> None:
    """Each connection is a file here; systems that count them begin with too few."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 3 * MOST_CONNECTIONS
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
