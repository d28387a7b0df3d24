"""Where the shipped files of the screens are: beside the sources, or inside a frozen bundle."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder under ``resources``; it need not exist."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if isinstance(bundle, str) else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)
