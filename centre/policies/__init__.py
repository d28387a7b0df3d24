"""The county's rules for sessions: set, listed, and published to the stations they concern."""
