"""The station core: everything a station does, without a screen (no Qt in here)."""
