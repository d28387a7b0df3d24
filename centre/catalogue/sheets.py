"""Sheet files of others, opened as rosters are: one place to say where that is done."""

from __future__ import annotations

from centre.rosters.files.opening import Cell, Sheet, open_sheets
from centre.rosters.files.unpacking import cell_name
from centre.rosters.sheets.cells import error_in, text_of

__all__ = ["Cell", "Sheet", "cell_name", "error_in", "open_sheets", "text_of"]
