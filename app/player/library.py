"""Loading libvlc, and the small things one asks of its player."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import MediaTrouble
from app.ports.player import Clip, PlayerEvent

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
_AS_RECORDED_DB = 12.04
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


def kinds_of(vlc: Any) -> tuple[tuple[Any, PlayerEvent], ...]:  # noqa: ANN401 - as below
    """The library's events that are listened to, and what each says."""
    kinds = vlc.EventType
    return (
        (kinds.MediaPlayerPlaying, PlayerEvent.PLAYING),
        (kinds.MediaPlayerPaused, PlayerEvent.PAUSED),
        (kinds.MediaPlayerEndReached, PlayerEvent.ENDED),
        (kinds.MediaPlayerEncounteredError, PlayerEvent.FAILED),
    )


def choose_subtitle(player: Any, *, shown: bool, external: bool) -> None:  # noqa: ANN401 - as below
    """Show the subtitle that came last (the clip's own file) or the first embedded one; or none."""
    described = player.video_get_spu_description() or ()
    tracks = [track for track, _name in described if track >= 0]
    wanted = -1
    if shown and tracks:
        wanted = tracks[-1] if external else tracks[0]
    if player.video_get_spu() != wanted:
        player.video_set_spu(wanted)


def even_out(vlc: Any, player: Any, gain_db: float) -> None:  # noqa: ANN401 - as below
    """Have a player sound so much louder or softer; 0 is as loud as it was recorded.

    Of libvlc's sound only the equalizer does this alike on every output. With its bands flat it
    divides by four, which its first number makes good.
    """
    if not gain_db:
        player.set_equalizer(None)
        return
    flat = vlc.AudioEqualizer()
    flat.set_preamp(_AS_RECORDED_DB + gain_db)
    player.set_equalizer(flat)
    flat.release()


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
