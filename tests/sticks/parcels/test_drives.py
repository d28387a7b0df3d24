"""Removable drives as Linux tells of them, and nothing raised whatever it tells."""

from __future__ import annotations

from pathlib import Path

from app.machine.drives import mounted_drives, removable_drives
from app.stick.link import sticks_among
from app.wire.sticks.layout import TOP


def system(tmp_path: Path) -> Path:
    """Block devices: a fixed disk, a stick with a partition, a USB disk that calls itself fixed."""
    blocks = tmp_path / "class"
    blocks.mkdir()
    for disk, bus, removable in (("sda", "ata1", "0"), ("sdb", "usb1", "1"), ("sdc", "usb2", "0")):
        place = tmp_path / "devices" / bus / "block" / disk
        (place / f"{disk}1").mkdir(parents=True)
        (place / "removable").write_text(removable + "\n")
        (blocks / disk).symlink_to(place)
        (blocks / f"{disk}1").symlink_to(place / f"{disk}1")
    return blocks


def test_sticks_are_told_from_fixed_disks(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "/dev/sdb1 /media/U\\040盘\\134x vfat rw 0 0\n"
        "/dev/sdc1 /media/disk exfat rw 0 0\n"
        "proc /proc proc rw 0 0\n"
        "/dev/sr0 /media/cd iso9660 ro 0 0\n"
        "/dev/../../etc /media/odd vfat rw 0 0\n"
        "/dev/sdz9 /media/unknown vfat rw 0 0\n"
        "\n"
        "broken\n",
        encoding="utf-8",
    )
    found = mounted_drives(mounts, system(tmp_path))
    assert found == (Path("/media/U 盘\\x"), Path("/media/disk"))


def test_what_can_not_be_told_is_not_there(tmp_path: Path) -> None:
    assert mounted_drives(tmp_path / "nothing", tmp_path) == ()
    assert isinstance(removable_drives(), tuple)


def test_only_a_drive_with_our_folder_is_used_unasked(tmp_path: Path) -> None:
    for name in ("plain", "ours", "linked"):
        (tmp_path / name).mkdir()
    (tmp_path / "ours" / TOP).mkdir()
    (tmp_path / "linked" / TOP).symlink_to(tmp_path / "ours" / TOP)
    (tmp_path / "file").write_text("")
    names = ("plain", "ours", "linked", "file", "gone")
    assert sticks_among([tmp_path / name for name in names]) == (tmp_path / "ours",)
