"""Tests of the rules and verbs of ``app.areas.playback``."""
