"""Tests on real parts: real SQLite, real libvlc, real centre, real widgets."""
