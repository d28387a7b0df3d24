"""Bugs planted on purpose, each in the real classes: a model test that lets one live is worth nothing."""

from tests.model.mutants import record, shown

__all__ = ["record", "shown"]
