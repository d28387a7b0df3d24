"""The file of a site (d-6): what the program knows of it, and room for what it does not."""

from __future__ import annotations

from app.areas.forms.form import Form, FormBoxes, FormCell, FormField, Say
from app.domain.values import dataclass

NAME = "site_file"
_BY_HAND = (
    "address",
    "founded",
    "network",
    "seats",
    "operator",
    "operator_since",
    "education",
    "phone",
    "training",
)
"""Filled in by hand: the program holds none of it (d-6)."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the program knows of a site."""

    id: str
    name: str
    parent: str = ""
    tier: str = ""
    branches: tuple[str, ...] = ()
    people: int = 0
    members: int = 0
    stations: int | None = None
    sessions: int = 0
    """Held in the last twelve months."""


def site_file(say: Say, site: SiteFacts) -> Form:
    """The file of one site."""
    known: tuple[tuple[str, str | int | None], ...] = (
        ("name", site.name),
        ("id", site.id),
        ("parent", site.parent or None),
        ("tier", say(f"form.tier.{site.tier}") if site.tier in _TIERS else site.tier or None),
        ("branches", say("paper.comma").join(site.branches) or None),
        ("people", site.people),
        ("members", site.members),
        *((("stations", site.stations),) if site.stations is not None else ()),
        ("year_sessions", site.sessions),
        *((key, None) for key in _BY_HAND),
    )
    title = say("form.site_file")
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {site.name}",
        head=(),
        parts=(
            FormBoxes(
                "site",
                tuple(
                    FormField(key, say(f"form.site.{key}"), FormCell(value)) for key, value in known
                ),
            ),
        ),
        signatures=(say("paper.sign.writer"), say("paper.sign.day")),
        note=say("form.site_note"),
    )


_TIERS = frozenset({"school", "model", "standard"})
