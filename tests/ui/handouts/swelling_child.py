"""Draws the first page of the PDF named; prints what was said and the most its reader took, bytes.

A process of its own: a child's highest memory counts from the process it was begun by, and the
tests' own process may be larger than the bound that is measured.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from app.domain.errors import MediaTrouble
from ui.handouts.pdf_worker_client import PdfWorkerClient


def main(path: Path) -> None:
    paper = PdfWorkerClient(path)
    paper.open()
    said = ""
    try:
        paper.draw(0, 960, 720)
    except MediaTrouble as trouble:
        said = trouble.key
    paper.clear_away()
    most = 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps([said, most]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
