"""Tests of the survey of needs."""
