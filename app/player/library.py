"""Loading libvlc, and what it counted of a film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import MediaTrouble
from app.ports.player import Clip

ARGUMENTS = (
    "--no-sub-autodetect-file",
    "--no-video-title-show",
    "--no-osd",
    "--no-snapshot-preview",
    "--no-metadata-network-access",
    "--subsdec-encoding=GB18030",
    "--quiet",
)
LETTERS = (
    "--freetype-bold",
    "--freetype-rel-fontsize=14",
    "--freetype-background-color=1185815",
    "--freetype-background-opacity=200",
)
"""Subtitles that are in the film's own file are drawn by libvlc: a fourteenth high, bold, on night."""
OF_PLUGINS: tuple[tuple[str, ...], ...] = (("--no-lua",), LETTERS)
"""libvlc refuses to start when the plug-in of an option is absent."""
_STREAMS_THAT_BREAK = (".ts", ".m2ts", ".mts")
"""With an external subtitle libvlc ends a transport stream at once."""


def open_library(arguments: Sequence[str]) -> tuple[Any, Any]:
    """The binding and an instance of the library. MediaTrouble if it isn't there."""
    vlc = _import_vlc()
    for groups in (OF_PLUGINS, OF_PLUGINS[:1], OF_PLUGINS[1:], ()):
        extra = [one for group in groups for one in group]
        instance = vlc.Instance([*ARGUMENTS, *arguments, *extra])
        if instance is not None:
            return vlc, instance
    raise MediaTrouble("media.no_player")


def subtitle_for(clip: Clip) -> Path | None:
    """The subtitle file libvlc can be given with a film."""
    return None if clip.path.suffix.lower() in _STREAMS_THAT_BREAK else clip.subtitle


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
