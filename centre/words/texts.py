"""What the centre says about texts that did not come whole."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.waits_payload_lacking": (
        "这条记录算数，但写在旁边的文字（{detail}）没有到中心。文字在站点的电脑上，请向站点要。",
        (
            "The fact counts, but the text beside it ({detail}) is not here. It is on the station's "
            "PC: ask there."
        ),
    ),
    "centre.waits_payload_unreadable": (
        "这条记录算数，但写在旁边的文字（{detail}）看不懂，原样留着。",
        "The fact counts, but the text beside it ({detail}) can't be read; it is kept as it is.",
    ),
}
