"""Turnout: who of those expected came, added up over sessions."""
