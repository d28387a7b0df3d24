"""The playing step: big transport, what the room sees, late-comers at one key."""
