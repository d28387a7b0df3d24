"""Tests of ratings at the centre."""
