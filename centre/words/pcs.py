"""What the centre says of the PCs behind a station: two of them, put back, gone elsewhere."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.station_copied": (
        "　可能有两台电脑在用同一身份（{when}）",
        "  two PCs may speak for it ({when})",
    ),
    "centre.station_moved": (
        "　这台电脑已换到{site}（{station}，{when}）",
        "  its PC was let in at {site} as {station} ({when})",
    ),
    "centre.station_put_back": (
        "　电脑文件曾被还原到以前（{when}）",
        "  its files were put back to an earlier moment ({when})",
    ),
}
