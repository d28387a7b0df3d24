"""An open PDF and its pages as pixels; lives in the handout's own process, far from Qt.

Files come from sticks of strangers: size, number of pages, pixels and time of a page are
bounded, no script of theirs runs, and whatever is wrong with one becomes one sentence.
What can't be bounded here (the library's own loops) is bounded by the process: ``pdf_worker_client``.
"""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from app.domain.errors import MediaTrouble
from ui.audience.state import HandoutPage
from ui.handouts.limits import MOST_BYTES, MOST_PAGES, MOST_PIXELS
from ui.handouts.parts import WHOLE, ZOOMS, Part, parts_of

PAGE_S = 5.0
"""Drawing one page may take so long."""
_WHITE = (255, 255, 255, 255)
_DONE = raw.FPDF_RENDER_DONE


class PdfDocument:
    """``pages`` is their number; ``close`` when nobody looks any more."""

    def __init__(self, path: Path) -> None:
        """Read and open ``path``; raises MediaTrouble in one plain sentence."""
        content = _content(path)
        try:
            self._document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
            raise MediaTrouble("handout.locked" if locked else "handout.broken") from error
        self.pages: int = len(self._document)
        if self.pages > MOST_PAGES:
            self._document.close()
            raise MediaTrouble("handout.too_many", most=MOST_PAGES)
        if self.pages < 1:
            self._document.close()
            raise MediaTrouble("handout.broken")

    def draw(
        self,
        number: int,
        width: int,
        height: int,
        zoom: float = WHOLE,
        part: int = 0,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> HandoutPage:
        """A part of page ``number`` (from 0) for ``width`` × ``height`` px, -1 is the last one;
        without ``zoom`` the whole page. MediaTrouble."""
        try:
            page = self._document[number]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise MediaTrouble("handout.page", page=number + 1) from error
        try:
            wide, high = page.get_size()
            parts = _parts(float(wide), float(high), width, height, zoom)
            at = len(parts) - 1 if part < 0 else min(part, len(parts) - 1)
            cut = parts[at]
            bitmap = pypdfium2.PdfBitmap.new_native(cut.width, cut.height, raw.FPDFBitmap_BGRx)
            try:
                bitmap.fill_rect(_WHITE, 0, 0, cut.width, cut.height)
                if not _rendered(page, bitmap, cut, now_s):
                    raise MediaTrouble("handout.page", page=number + 1)
                pixels = bytes(bitmap.buffer)
                return HandoutPage(
                    cut.width, cut.height, bitmap.stride, pixels, at, len(parts), cut.seen
                )
            finally:
                bitmap.close()
        except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
            raise MediaTrouble("handout.page", page=number + 1) from error
        finally:
            page.close()

    def close(self) -> None:
        """Let the document go."""
        self._document.close()


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise MediaTrouble("handout.too_large", megabytes=MOST_BYTES // 1_000_000)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise MediaTrouble("handout.gone") from error
    if not content:
        raise MediaTrouble("handout.broken")
    return content


def _parts(wide: float, high: float, width: int, height: int, zoom: float) -> tuple[Part, ...]:
    """The page's parts, none larger than a 4K screen; ValueError for a page without a size."""
    if not (math.isfinite(wide) and math.isfinite(high) and wide > 0 and high > 0):
        raise ValueError("a page has no size")
    share = min(1.0, math.sqrt(MOST_PIXELS / (width * height)))
    return parts_of(
        wide, high, max(int(width * share), 1), max(int(height * share), 1), min(zoom, ZOOMS[-1])
    )


def _rendered(
    page: pypdfium2.PdfPage,
    bitmap: pypdfium2.PdfBitmap,
    cut: Part,
    now_s: Callable[[], float],
) -> bool:
    """Draw step by step; False when it failed or took too long."""
    until_s = now_s() + PAGE_S
    asked = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
    pause = raw.IFSDK_PAUSE(version=1, NeedToPauseNow=asked(lambda _pause: now_s() > until_s))
    try:
        done = raw.FPDF_RenderPageBitmap_Start(
            bitmap,
            page,
            -cut.left,
            -cut.top,
            cut.full_width,
            cut.full_height,
            0,
            raw.FPDF_ANNOT,
            ctypes.byref(pause),
        )
    finally:
        raw.FPDF_RenderPage_Close(page)
    return bool(done == _DONE)
