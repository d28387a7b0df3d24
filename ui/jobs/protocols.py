"""How presenters ask for work that waits on disk or net, without knowing threads or Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from app.domain.errors import UserError

T = TypeVar("T")

Failed = Callable[[UserError], None]


class Jobs(Protocol):
    """Two lanes, each doing one job after another; answers come back on the GUI thread.

    ``done`` gets the job's value, ``failed`` a refusal or a trouble; any other exception
    becomes the one apology sentence. A destroyed ``owner`` hears nothing any more.
    """

    def store(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        """Run ``job`` on the store lane, in the order of asking."""

    def net(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        """Run ``job`` on the net lane; it may take seconds."""

    def store_call(self, job: Callable[[], object]) -> object:
        """For jobs of the net lane only: run ``job`` on the store lane and wait for it."""

    def is_closing(self) -> bool:
        """Whether long jobs should stop at their next pause; *any thread*."""


class DrawJobs(Protocol):
    """A third lane for pages that take long to draw; neither record nor centre waits for it."""

    def draw(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        """Run ``job`` on the drawing lane, in the order of asking."""
