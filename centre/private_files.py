"""Files that only their owner reads: secrets, made once, and what is written out with names in it.

Each is there whole or not at all.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path


def make_private(path: Path, content: Callable[[], bytes]) -> None:
    """Write a file that is not there yet; of several makers the first one's file stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content())
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:
        os.replace(draft, path)
        return
    draft.unlink()


def put_private(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file part by part, whole or not at all, in place of one that is there."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.writelines(parts)
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
