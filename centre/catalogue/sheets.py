"""Sheet files of others, opened as rosters are: one place to say where that is done."""

from __future__ import annotations

from app.rosters.files.opening import Cell, Sheet, open_sheets
from app.rosters.files.unpacking import cell_name
from app.rosters.sheets.cells import error_in, text_of

__all__ = ["Cell", "Sheet", "cell_name", "error_in", "open_sheets", "text_of"]
