"""Rosters: people of a site, read from the sheets offices really keep."""
