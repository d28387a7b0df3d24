"""Who has been through a class, and who is still to come: by all of its batches (domain a 3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.areas.classes.progress import ClassProgress
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CompletionLine:
    """Somebody for whom a class is meant and who has completed no batch of it; ``batches`` are those
    they are in, ``sessions`` what they attended of them."""

    person: str
    batches: tuple[str, ...]
    sessions: tuple[str, ...]


def not_through(
    meant: Iterable[str], batches: Mapping[str, Iterable[ClassProgress]]
) -> tuple[CompletionLine, ...]:
    """Those of ``meant`` who have not been through, in their order; ``batches`` by their name."""
    own: dict[str, list[tuple[str, ClassProgress]]] = {}
    for batch, lines in batches.items():
        for one in lines:
            own.setdefault(one.person, []).append((batch, one))
    found = []
    for person in dict.fromkeys(meant):
        its = own.get(person, [])
        if not any(one.is_complete for _, one in its):
            sessions = dict.fromkeys(key for _, one in its for key in one.sessions)
            found.append(CompletionLine(person, tuple(batch for batch, _ in its), tuple(sessions)))
    return tuple(found)
