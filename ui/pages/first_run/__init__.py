"""The first setting up: enrol, screens, sound, printing, each can be skipped; then the PIN."""
