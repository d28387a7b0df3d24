"""Rules of the field as pure functions: no clock, random numbers, files or sentences in here."""
