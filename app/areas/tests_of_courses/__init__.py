"""Tests of what was learnt: sealed packs of questions, one at a time at the screen, or on paper."""
