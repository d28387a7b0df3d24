"""Which libvlc there is, for the help file; nothing is played by it."""

from __future__ import annotations


def libvlc_version() -> str:
    """Its own word for its version, empty when this PC has none. Loads the library."""
    missing = (ImportError, OSError, AttributeError, NameError, TypeError, RuntimeError, SystemExit)
    try:
        import vlc

        return str(vlc.libvlc_get_version().decode("ascii", "replace"))
    except missing:
        return ""
