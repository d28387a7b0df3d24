"""The folder on a stick: its layout, and reading and writing it so that a hostile one does no harm.

Both ends use it: what a station leaves, the centre finds, and the other way round.
"""
