"""Loading libvlc, and what it counted of a film."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.errors import MediaTrouble


def open_library(arguments: Sequence[str], of_plugins: Sequence[str]) -> tuple[Any, Any]:
    """The binding and an instance of the library. MediaTrouble if it isn't there.

    ``of_plugins`` are arguments that cost the instance when their plug-in is absent.
    """
    vlc = _import_vlc()
    for extra in (of_plugins, ()):
        instance = vlc.Instance([*arguments, *extra])
        if instance is not None:
            return vlc, instance
    raise MediaTrouble("media.no_player")


def decoded_anything(vlc: Any, player: Any) -> bool:  # noqa: ANN401 - the binding has no types
    """Stop a player that ended, and tell whether a picture or a sound came out of its film."""
    media, counted = player.get_media(), vlc.MediaStats()
    player.stop()  # only then everything is counted
    known = media.get_stats(counted)
    media.release()
    return not known or counted.decoded_video + counted.decoded_audio > 0


def _import_vlc() -> Any:  # noqa: ANN401 - the binding has no types
    # The binding looks for the library while it is imported; when a place it was told
    # of has none, it even wants to end the program.
    missing = (ImportError, OSError, AttributeError, NameError, TypeError, RuntimeError, SystemExit)
    try:
        import vlc
    except missing as absent:
        raise MediaTrouble("media.no_player") from absent
    return vlc
