"""The one-folder program's entry: screens, or with ``--command`` the commands of ``python -m app``."""

from __future__ import annotations

import gc
import multiprocessing
import sys

SHEETS = "app.rosters.files.child"
"""The process that opens a spreadsheet, as ``app.wire.foreign_files`` starts it."""


def main(arguments: list[str]) -> int:
    """Run the screens, or a command."""
    if arguments[:1] == ["--command"]:
        gc.disable()  # as ``app.__main__`` does
        from app.cli.main import main as command

        return command(arguments[1:])
    if arguments[:2] == ["--child", SHEETS]:
        from app.rosters.files.child import main as child

        return child(arguments[2])
    from ui.shell import garbage_collection

    garbage_collection.get_ready()
    from ui.main import main as screens

    return screens(arguments)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
