"""The commands of a station; they call the same verbs as the screens."""
