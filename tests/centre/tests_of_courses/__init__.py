"""Tests of tests of what was learnt."""
