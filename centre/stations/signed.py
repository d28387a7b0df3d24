"""A request as its station signed it."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a signature covers. ``target`` is the path with its query, as it was sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
