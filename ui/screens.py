"""The pictures of the documents: walks the main job and keeps its pictures, small, in docs/screens.

python -m ui.screens
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from ui.tour import walk

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDTH = 1366


def keep(source: Path, target: Path) -> None:
    """One picture, no wider than a station's screen, in 256 colours."""
    image = QImage(str(source))
    if image.width() > WIDTH:
        image = image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    few = Qt.ImageConversionFlag.AvoidDither
    image.convertToFormat(QImage.Format.Format_Indexed8, few).save(str(target))


def main() -> int:
    """Command line."""
    with tempfile.TemporaryDirectory() as folder:
        tour = walk(Path(folder) / "walk", "zh")
        if tour.failed:
            sys.stderr.write(tour.failed + "\n")
            return 1
        TARGET.mkdir(parents=True, exist_ok=True)
        for old in TARGET.glob("*.png"):
            old.unlink()
        for picture in sorted((Path(folder) / "walk").glob("*.png")):
            keep(picture, TARGET / picture.name.split("-", 1)[1])
    print(f"{len(list(TARGET.glob('*.png')))} pictures in docs/screens")
    return 0


if __name__ == "__main__":
    sys.exit(main())
