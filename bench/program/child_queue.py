"""What the program takes for each act of a sign-in, on real widgets: ``… HOME COUNT``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bench.program.lanes import Steps
from bench.program.rehearsal import Rehearsal
from ui.state.page_names import PageName

if TYPE_CHECKING:
    from ui.pages.roll_call.view import RollCallPage


class OneByOne(Rehearsal):
    """So many people at each lane, one lane after the other."""

    def __init__(self, home: Path, count: int) -> None:
        super().__init__(home)
        self._count = count

    def whole_session(self) -> Steps:
        """See the class."""
        yield from self.begun()
        roll = cast("RollCallPage", self.program.window.pages[PageName.ROLL_CALL])
        yield lambda: bool(roll.grid.tiles())
        yield from self.lanes.by_keypad(0.05, self._count)
        yield from self.lanes.by_wall(0.05, self._count)
        yield from self.lanes.by_card(0.2, self._count)
        yield from self.lanes.by_roll_call(roll.grid, 0.05, self._count)


if __name__ == "__main__":
    sys.exit(OneByOne(Path(sys.argv[1]), int(sys.argv[2])).run())
