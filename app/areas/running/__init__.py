"""The running book: when the PC was on, what was held, what went wrong, what looks empty."""
