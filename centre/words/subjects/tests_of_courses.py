"""What the centre says about packs of questions and tests."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.question_column_kind": ("题型", "kind"),
    "centre.question_column_text": ("题目", "question"),
    "centre.question_column_right": ("答案", "answer"),
    "centre.question_single": ("单选题", "single choice"),
    "centre.question_multiple": ("多选题", "several choices"),
    "centre.question_true_false": ("判断题", "true or false"),
    "centre.question_order": ("排序题", "put in order"),
    "centre.question_yes": ("对", "true"),
    "centre.question_no": ("错", "false"),
    "centre.question_kind": (
        "第 {row} 行：题型看不懂，请写单选题、多选题、判断题或排序题。",
        "Row {row}: the kind can't be read; write single, multiple, true_false or order.",
    ),
    "centre.question_no_text": ("第 {row} 行：没有写题目。", "Row {row}: there is no question."),
    "centre.question_options": (
        "第 {row} 行：选项要有 2 到 8 个，不能空、不能重复。",
        "Row {row}: there must be 2 to 8 options, none empty and no two alike.",
    ),
    "centre.question_right": (
        "第 {row} 行：答案和选项对不上，请写选项的字母，如 A 或 ACD。",
        "Row {row}: the answer does not fit the options; write their letters, such as A or ACD.",
    ),
    "centre.pack_no_questions": (
        "文件里没有题目，或超过 {most} 题，什么都没有下发。表头要有题型、题目、答案三栏。",
        "The file has no questions, or more than {most}; nothing was published. Its headings must be kind, question and answer.",
    ),
    "centre.pack_no_moment": (
        "“{at}”不是时间，什么都没有下发；请写成 2026-11-26 19:30。",
        "“{at}” is no moment; nothing was published. Write it like 2026-11-26 19:30.",
    ),
    "centre.pack_checked": (
        "{count} 题都对，还没有下发；加 --apply 下发。",
        "All {count} questions are right; nothing was published yet. Add --apply to publish.",
    ),
    "centre.pack_published": (
        "试卷 {pack} 已封好下发，{count} 题，{at} 启封。",
        "Pack {pack} is published, sealed: {count} questions, to be opened at {at}.",
    ),
    "centre.pack_key": ("启封码：{code}", "Its code: {code}"),
    "centre.pack_not_yet": (
        "“{name}”要到 {at} 才启封，什么都没有改；一定要提前就加 --early。",
        "“{name}” is to be opened at {at}; nothing was changed. Add --early if it must be before.",
    ),
    "centre.no_pack": (
        "没有试卷“{pack}”，什么都没有改；用 centre tests list 查看。",
        "There is no pack “{pack}”; nothing was changed. “centre tests list” shows them.",
    ),
}
