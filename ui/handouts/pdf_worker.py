"""The far side of a handout: a process that opens one PDF and draws the pages it is asked for.

It knows neither the record nor Qt. Each question has its time; whoever takes longer ends itself,
even when nobody is left to end it.
"""

from __future__ import annotations

import faulthandler
import json
import os
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from app.domain.errors import UserError
from app.domain.values import dataclass
from app.machine.memory_limit import limit_own_memory

MOST_MEMORY_BYTES = 1 << 30
"""Ordinary handouts take under 200 MiB; a 382 KiB file made for it took 4.9 GB without a bound."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that one answer may take; reading a file off a slow stick is part of opening."""

    open_s: float = 20.0
    page_s: float = 10.0


def serve(line: Connection, path: str, times: Times) -> None:
    """Answer until the line is closed: first how many pages, then a page for each question.

    Questions are JSON ``[number, width, height, zoom, part]``. Answers are JSON, ``{"pages": n}``,
    ``{"sheet": [width, height, stride], "part": [part, parts], "seen": [left, top, width, height]}``
    followed by the pixels, or ``{"trouble": key}``.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, suppress(EOFError, OSError):
        faulthandler.dump_traceback_later(times.open_s, exit=True, file=nowhere)
        limit_own_memory(MOST_MEMORY_BYTES)
        from ui.handouts.pdf_document import (
            PdfDocument,  # its library, and what a bad file does to it
        )

        try:
            paper = PdfDocument(Path(path))
        except UserError as said:
            _answer(line, {"trouble": said.key})
            return
        faulthandler.cancel_dump_traceback_later()
        _answer(line, {"pages": paper.pages})
        while True:
            number, width, height, zoom, part = json.loads(line.recv_bytes())
            faulthandler.dump_traceback_later(times.page_s, exit=True, file=nowhere)
            try:
                sheet = paper.draw(number, width, height, zoom, part)
            except UserError as said:
                _answer(line, {"trouble": said.key})
            else:
                size, cut = [sheet.width, sheet.height, sheet.stride], [sheet.part, sheet.parts]
                _answer(line, {"sheet": size, "part": cut, "seen": sheet.seen})
                line.send_bytes(sheet.pixels)
            faulthandler.cancel_dump_traceback_later()


def _answer(line: Connection, told: dict[str, object]) -> None:
    line.send_bytes(json.dumps(told).encode())
