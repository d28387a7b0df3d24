"""Protocols between the core and the machine: clock, store, player, shelf, link, stick."""
