"""Decisions this centre lost when an older backup was restored; stations bring them back."""
