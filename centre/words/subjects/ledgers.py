"""What the centre says about ledgers; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.ledger_no_date": (
        "“{date}”不是日期，请照 2026-11-26 这样写；什么都没有改。",
        "“{date}” is no date; write it like 2026-11-26. Nothing was changed.",
    ),
    "centre.ledger_one_year": (
        "学时和年度情况按一个公历年计算，请让 --from 和 --to 在同一年；什么都没有改。",
        "Hours and yearly evidence are of one calendar year; have --from and --to in one. Nothing was changed.",
    ),
}
