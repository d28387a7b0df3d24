"""Adapters to this machine: clock, random bytes, folders, locks."""
