"""For what and with whom a session is held: chosen by touch among the rows of the catalogue."""
