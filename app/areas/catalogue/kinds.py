"""Which kinds of row the catalogue has, and the value of each, loaded when it is wanted.

A new kind of row is its value and one line here; a kind's name is for ever.
"""

from __future__ import annotations

from importlib import import_module

_VALUES = "app.areas.catalogue.values"
_PLACES: dict[str, tuple[str, str]] = {
    "lecturer": (_VALUES, "Lecturer"),
    "venue": (_VALUES, "Venue"),
    "partner": (_VALUES, "Partner"),
    "route": (_VALUES, "Route"),
    "series": (_VALUES, "Series"),
    "audience": (_VALUES, "Audience"),
    "calendar_day": (_VALUES, "CalendarDay"),
    "theme_day_rule": (_VALUES, "ThemeDayRule"),
    "campaign": (_VALUES, "Campaign"),
    "training_class": (_VALUES, "TrainingClass"),
    "directory_person": (_VALUES, "DirectoryPerson"),
    "credit": (_VALUES, "Credit"),
    "approval": (_VALUES, "Approval"),
    "case": ("app.areas.cases.case_row", "CaseRow"),
    "question_pack": ("app.areas.tests_of_courses.question_pack", "QuestionPack"),
    "pack_key": ("app.areas.tests_of_courses.question_pack", "PackKey"),
    "rule_set": ("app.areas.hours.rule_set", "RuleSet"),
    "proposal_answer": (_VALUES, "ProposalAnswer"),
    "person_alias": (_VALUES, "PersonAlias"),
}
_KINDS = {name: kind for kind, (_, name) in _PLACES.items()}

CATALOGUE_KINDS = frozenset(_PLACES)
"""The names of all kinds."""


def value_type(kind: str) -> type[object]:
    """The value that rows of a kind hold."""
    module, name = _PLACES[kind]
    found: type[object] = getattr(import_module(module), name)
    return found


def kind_name(value: type[object]) -> str:
    """The kind whose rows hold such values."""
    return _KINDS[value.__name__]
