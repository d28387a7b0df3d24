"""Several processes of one service: start them, start anew the one that died, end them all."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import TypeVar

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as PipeEnd
else:
    from multiprocessing.connection import Connection as PipeEnd

T = TypeVar("T")
Serve = Callable[[T, Callable[[], None]], None]

_LOOK_S = 0.5
_SOON_S = 5.0
"""A process that ended sooner than this is started anew only after as long."""
_END_S = 15.0


class _Asked(Exception):
    """Somebody asked this program to end."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    ready: PipeEnd
    started_s: float


def keep_running(serve: Serve[T], door: T, count: int, *, ready: Callable[[], None]) -> None:
    """Run ``serve(door, tell)`` in ``count`` processes until this one is asked to end.

    ``ready`` is called once, when all of them have told for the first time.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _ask)
    workers: list[_Worker] = []
    never, _other_end = multiprocessing.Pipe(duplex=False)
    try:
        workers += [_start(serve, door) for _ in range(count)]
        told = 0
        while True:
            told = _look(workers, never, told, count, ready)
            workers[:] = [_alive_or_new(one, serve, door) for one in workers]
    except _Asked:
        return
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        _end(workers)


def _ask(_number: int, _frame: FrameType | None) -> None:
    raise _Asked


def _start(serve: Serve[T], door: T) -> _Worker:
    # A new interpreter each: forking would copy threads' locks and open connections.
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(serve, door, its))
    process.start()
    its.close()
    return _Worker(process, mine, time.monotonic())


def _work(serve: Serve[T], door: T, telling: PipeEnd) -> None:
    serve(door, _Telling(telling))


@dataclass(frozen=True, slots=True)
class _Telling:
    pipe: PipeEnd

    def __call__(self) -> None:
        self.pipe.send(True)
        self.pipe.close()


def _look(
    workers: list[_Worker], never: PipeEnd, told: int, count: int, ready: Callable[[], None]
) -> int:
    """Wait a moment for anything to happen; how many have told by now.

    Nothing comes by ``never``: some systems cannot wait for an empty list.
    """
    pipes = {one.ready: one for one in workers if not one.ready.closed}
    ends = [one.process.sentinel for one in workers if one.process.is_alive()]
    happened = wait([*pipes, *ends, never], timeout=_LOOK_S)
    for pipe in pipes:
        if pipe in happened:
            try:
                told += bool(pipe.recv())
                if told == count:
                    ready()
            except EOFError:
                pass
            pipe.close()
    return told


def _alive_or_new(worker: _Worker, serve: Serve[T], door: T) -> _Worker:
    if worker.process.is_alive():
        return worker
    lived_s = time.monotonic() - worker.started_s
    if lived_s < _SOON_S:
        return worker
    worker.process.join()
    worker.process.close()
    worker.ready.close()
    return _start(serve, door)


def _end(workers: list[_Worker]) -> None:
    until_s = time.monotonic() + _END_S
    for one in workers:
        one.process.terminate()
    for one in workers:
        one.process.join(max(until_s - time.monotonic(), 0.1))
        if one.process.is_alive():
            one.process.kill()
            one.process.join()
