"""How loud a film is: the whole of its sound heard once, by ITU-R BS.1770 (EBU R 128).

Used in the child process that looks into a film; ``av`` is loaded there.
"""

from __future__ import annotations

import math
import time
from typing import Any

SECONDS = 120.0
"""What would take longer is judged by what was heard until then: three hours of sound take 40 s."""
_SILENT = -60.0
_TOLD = "lavfi.r128."


class Hearing:
    """Takes the packets of one sound; ``told`` is what was heard, or nothing."""

    def __init__(self, sound: Any) -> None:  # noqa: ANN401 - the library is loaded by the child
        self._sound = sound
        self._graph: Any = None
        self._last: Any = None
        self._until_s = time.monotonic() + SECONDS
        self._hears = sound is not None and sound.codec_context is not None

    def take(self, packet: Any) -> None:  # noqa: ANN401 - as above
        """Hear on; a sound that cannot be decoded on the way has been heard so far."""
        import av

        if not self._hears:
            return
        try:
            for frame in packet.decode():
                if self._graph is None:
                    self._graph = _meter(frame)
                self._graph.push(frame)
                self._pull()
        except (av.FFmpegError, ValueError, ArithmeticError, MemoryError):
            self._hears = False
        self._hears = self._hears and time.monotonic() < self._until_s

    def told(self) -> dict[str, float] | None:
        """Loudness (LUFS) and highest sample (dB below full); None for silence and no sound."""
        if self._last is None:
            return None
        said = dict(self._last.metadata)
        loudness = float(said.get(_TOLD + "I", _SILENT))
        peak = float(said.get(_TOLD + "sample_peak", 0))
        if not loudness > _SILENT or not peak > 0:
            return None
        return {"lufs": round(loudness, 1), "peak_db": round(20 * math.log10(peak), 1)}

    def _pull(self) -> None:
        import av

        try:
            while True:
                self._last = self._graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return


def _meter(frame: Any) -> Any:  # noqa: ANN401 - as above
    import av.filter

    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format.name,
        layout=frame.layout.name,
        time_base=frame.time_base,
    )
    meter = graph.add("ebur128", "metadata=1:peak=sample:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    return graph
