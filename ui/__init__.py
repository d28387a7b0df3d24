"""The station's screens: everything that needs Qt, and nothing that decides a rule."""
