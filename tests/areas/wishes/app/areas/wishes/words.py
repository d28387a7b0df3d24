"""Sentences about wishes."""

WORDS = {
    "wishes.about": ("学习愿望", "What people wish to learn"),
    "wishes.none": ("还没有人提出愿望。", "Nobody has said a wish yet."),
    "wishes.line": ("{name}：{text}（{state}）", "{name}: {text} ({state})"),
    "wishes.no_text": ("请先写下想学什么。", "Please write first what is wished for."),
    "wishes.no_person": ("名册里没有这个人，请核对编号。", "Nobody in the roster has that id."),
    "wishes.no_wish": ("没有这条愿望，请核对编号。", "There is no such wish; please check its id."),
    "op.nav.wishes": ("愿望", "Wishes"),
}
