"""Playback: which course was played in which session, and which stretches of it were shown."""
