"""The verbs of a station; each opens one unit of work, and only then is anything confirmed."""
