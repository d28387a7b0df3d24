"""Tests of the survey of needs at the centre."""
