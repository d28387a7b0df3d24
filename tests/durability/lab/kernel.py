"""What the lab asks of a Linux kernel: own mounts, loop devices on memory, a parent's death.

Everything made here ends with the process that made it: mounts live in its own mount
namespace, a loop device clears itself with its last user. So a killed run leaves nothing.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import signal
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_CLONE_NEWNS = 0x20000
_MS_NOATIME = 0x400
_MS_REC = 0x4000
_MS_PRIVATE = 0x40000
_PR_SET_PDEATHSIG = 1
_LOOP_CTL_GET_FREE = 0x4C82
_LOOP_CONFIGURE = 0x4C0A
_LO_FLAGS_AUTOCLEAR = 4
_LOOP_INFO_BYTES = 232
_LOOP_FLAGS_AT = 52
_BLKFLSBUF = 0x1261
_TRIES = 50

_libc = ctypes.CDLL(None, use_errno=True)


@cache
def why_no_mounts() -> str | None:
    """Why nothing can be mounted here, or None: for tests that need a small disk of their own.

    Root in a plain container or chroot is often not allowed to, so it is really tried, once.
    """
    if os.name != "posix" or not hasattr(os, "geteuid"):
        return "mounts of one's own exist on Linux only"
    if os.geteuid() != 0:
        return "needs root"
    return _tried("mounts", "mounting is not allowed here")


@cache
def why_no_fuse() -> str | None:
    """Why no file system of ours can be mounted here, or None; really tried, once."""
    found = why_no_mounts()
    if found is None and not os.access("/dev/fuse", os.R_OK | os.W_OK):
        found = "needs /dev/fuse"
    if found is None and shutil.which("fusermount3") is None:
        found = "needs fuse3"
    return found or _tried("fuse", "file systems of one's own are not allowed here")


@cache
def why_no_disks() -> str | None:
    """Why no disk can be recorded here, or None; a loop device is really tried, once."""
    found = why_no_fuse()
    if found is None and not Path("/dev/loop-control").exists():
        found = "needs loop devices"
    if found is None and shutil.which("mkfs.ext4") is None:
        found = "needs e2fsprogs"
    return found or _tried("loop", "loop devices can't be used")


def _tried(what: str, refused: str) -> str | None:
    command = [sys.executable, "-m", __name__, what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    return f"{refused}: {done.stderr.strip().splitlines()[-1][-120:]}"


def own_mounts() -> None:
    """From now on what this process mounts is seen by it and its children only."""
    _done(_libc.unshare(_CLONE_NEWNS))
    _done(_libc.mount(b"none", b"/", None, ctypes.c_ulong(_MS_REC | _MS_PRIVATE), None))


def die_with_parent() -> None:
    """This process is killed when its parent ends, however that ends."""
    _done(_libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))


def mount(source: str, target: Path, kind: str, options: str = "") -> None:
    """Mount; raises OSError as the kernel says it."""
    words = (source.encode(), str(target).encode(), kind.encode())
    _done(_libc.mount(*words, ctypes.c_ulong(_MS_NOATIME), options.encode()))


def unmount(target: Path) -> None:
    """Unmount, or raise OSError."""
    _done(_libc.umount2(str(target).encode(), 0))


def sync_file_system(place: Path) -> None:
    """Force the one file system that ``place`` lies on."""
    handle = os.open(place, os.O_RDONLY)
    try:
        _done(_libc.syncfs(handle))
    finally:
        os.close(handle)


class LoopDevice:
    """A loop device over an open file, taken from the free ones; gone when it is let go."""

    def __init__(self, backing: int) -> None:
        self.path, self._handle = _take_free(backing)

    def forget_cached(self) -> None:
        """The file behind was changed by others: what the kernel remembers of it is dropped."""
        fcntl.ioctl(self._handle, _BLKFLSBUF, 0)

    def let_go(self) -> None:
        """Detach; a mount that still uses it keeps it until then."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _take_free(backing: int) -> tuple[str, int]:
    info = bytearray(_LOOP_INFO_BYTES)
    struct.pack_into("=I", info, _LOOP_FLAGS_AT, _LO_FLAGS_AUTOCLEAR)
    wanted = struct.pack("=II", backing, 0) + bytes(info) + bytes(64)
    control = os.open("/dev/loop-control", os.O_RDWR | os.O_CLOEXEC)
    try:
        for _ in range(_TRIES):
            path = f"/dev/loop{fcntl.ioctl(control, _LOOP_CTL_GET_FREE)}"
            handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.ioctl(handle, _LOOP_CONFIGURE, wanted)
            except OSError as taken:
                os.close(handle)
                if taken.errno != errno.EBUSY:
                    raise
            else:
                return path, handle
    finally:
        os.close(control)
    raise OSError(errno.EBUSY, "no loop device is free")


def _done(result: int) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _try(what: str) -> None:
    """Raise OSError unless the kernel lets this process do it; nothing is left behind."""
    own_mounts()
    if what == "loop":
        memory = os.memfd_create("tried")
        os.ftruncate(memory, 1 << 20)
        LoopDevice(memory).let_go()
        return
    with TemporaryDirectory() as place:
        if what == "fuse":
            handle = os.open("/dev/fuse", os.O_RDWR)
            options = f"fd={handle},rootmode=40000,user_id=0,group_id=0"
            mount("tried", Path(place), "fuse", options)
        else:
            mount("tried", Path(place), "tmpfs", "size=1m")
        unmount(Path(place))


if __name__ == "__main__":
    _try(sys.argv[1])
