"""Work for screens that is done at once, on the thread that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.domain.errors import UserError
from ui.jobs.protocols import Failed

T = TypeVar("T")


class InlineJobs:
    """``Jobs`` on one thread: every job is done before the call returns."""

    def store(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,  # noqa: ARG002 - the protocol's
    ) -> None:
        try:
            value = job()
        except UserError as said:
            failed(said)
        else:
            done(value)

    net = store

    def store_call(self, job: Callable[[], object]) -> object:
        return job()

    def is_closing(self) -> bool:
        return False
