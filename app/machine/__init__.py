"""This machine: its clock, its chance, its places, its lock."""
