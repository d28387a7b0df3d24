"""Words of tests."""

WORDS = {
    "tests.line": (
        "{name}：答对 {right}/{questions}{paper}",
        "{name}: {right} of {questions} right{paper}",
    ),
    "tests.on_paper": ("（纸面）", " (on paper)"),
    "tests.none": ("这一场还没有人交卷。", "Nobody has handed in a test of this session yet."),
    "tests.no_packs": (
        "还没有试卷，等中心下发。",
        "There are no tests yet; the centre sends them.",
    ),
    "tests.pack": (
        "{pack}  {name}  共 {count} 题  {state}",
        "{pack}  {name}  {count} questions  {state}",
    ),
    "tests.open": ("可以考", "open"),
    "tests.sealed": ("{at} 启封", "sealed until {at}"),
    "tests.noted": ("已启封，可以考了。", "It is open now."),
    "tests.thanks": ("交卷了，谢谢", "Handed in, thank you"),
    "tests.thanks_note": ("请下一位来考", "The next one, please"),
    "tests.heading": ("{name}　{test}", "{name}  {test}"),
    "tests.who": ("您是哪一位？请点自己的名字", "Who are you? Please touch your name"),
    "quiz.team.1": ("一队", "No. 1"),
    "quiz.team.2": ("二队", "No. 2"),
    "quiz.team.3": ("三队", "No. 3"),
    "quiz.team.4": ("四队", "No. 4"),
    "quiz.team_right": ("{team} 答对 {count}", "{team}: {count}"),
    "quiz.option": ("{letter}. {option}", "{letter}. {option}"),
    "op.quiz.open": ("知识竞答", "Team quiz"),
    "op.quiz.title": ("知识竞答", "Team quiz"),
    "op.quiz.teams": ("分 {count} 队", "{count} teams"),
    "op.quiz.answer": (
        "答案：{letters}　抢到的队按 1–4 键，或点队名",
        "Answer: {letters}. Teams press 1–4, or touch their name",
    ),
    "op.quiz.right": ("答对了", "Right"),
    "op.quiz.wrong": ("没答对", "Not right"),
    "op.quiz.tell": ("公布答案", "Show the answer"),
    "op.quiz.next": ("下一题", "Next question"),
    "op.quiz.end": ("结束竞答", "End the quiz"),
    "command.tests": ("测试：试卷、启封、成绩", "Tests: packs, opening, marks"),
    "op.tests.open": ("开始测试", "Begin the test"),
    "op.tests.desk": ("请大家考试，一个一个来", "Members take the test here, one by one"),
    "op.tests.code_title": ("这份试卷还封着", "This test is still sealed"),
    "op.tests.code_about": (
        "“{name}”定在 {at} 启封。没有网，就打电话问县里的启封码，输在下面。",
        "“{name}” is to be opened at {at}. Without a network, ask the centre for its code and type it below.",
    ),
    "op.tests.code": ("启封码", "Code"),
    "op.tests.unseal": ("启封", "Open it"),
    "op.tests.none": (
        "还没有试卷。试卷由中心下发，到时间启封。",
        "There is no test yet. The centre sends them and opens them in time.",
    ),
    "op.tests.nobody": ("在场的人都交卷了。", "Everybody in the room has handed in."),
    "refusal.no_test": (
        "没有这份试卷，记录没有变；请从列出的试卷里选。",
        "There is no such test and nothing was changed; please choose one of those listed.",
    ),
    "refusal.test_sealed": (
        "试卷要到 {at} 才启封，记录没有变；中心启封后再开始，或请中心报启封码。",
        "The test is sealed until {at} and nothing was changed; begin once the centre has opened it, or ask for its code.",
    ),
    "refusal.test_key": (
        "启封码不对，记录没有变；请跟中心核对后再输一次。",
        "That is not the code of this test and nothing was changed; please check it with the centre and type it again.",
    ),
    "refusal.test_done": (
        "这个人已经交卷，成绩都在，没有变；请换下一位。",
        "They have handed in already and the mark is kept unchanged; please take the next one.",
    ),
    "refusal.test_answers": (
        "答案和题目对不上，记录没有变；请重新打开这份试卷。",
        "The answers do not fit the questions and nothing was changed; please open the test again.",
    ),
    "refusal.test_mark": (
        "答对的题数不对，记录没有变；要在 0 和总题数之间，总题数最多 {most}。",
        "That number of right answers cannot be and nothing was changed; it must lie between 0 and the number of questions, which is at most {most}.",
    ),
}
