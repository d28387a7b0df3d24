"""Reusable leaf widgets: they show what they are given and say what was tapped, nothing more.

No widget here knows a page, a use case or the store. All have an accessible name.
"""
