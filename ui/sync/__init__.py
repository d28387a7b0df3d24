"""When the station talks to the centre by itself, and the stick at the end of a session."""
