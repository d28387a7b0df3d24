"""What stands around questions to members, whatever they are about."""

WORDS: dict[str, tuple[str, str]] = {
    "op.asks.title": ("请大家答", "Ask the room"),
    "asking.place": ("第 {at} 题，共 {of} 题", "Question {at} of {of}"),
    "asking.chosen": ("{word}（已选）", "{word} (chosen)"),
    "asking.how.touch": ("点一下就行", "One touch is all"),
    "asking.how.one": ("选一个", "Choose one"),
    "asking.how.several": ("可以选几个", "Choose as many as you like"),
    "asking.how.order": ("按先后依次点", "Touch them one after the other, in their order"),
    "asking.next": ("下一题", "Next"),
    "asking.done": ("答完了", "I am done"),
    "asking.back": ("上一题", "Back"),
}
