"""``python -m centre``."""

from __future__ import annotations

import sys

from centre.commands.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
