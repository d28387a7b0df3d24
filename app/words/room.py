"""Words of the room's screen and of choosing it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "room.course": ("《{title}》", "“{title}”"),
    "room.starts": ("{at} 开始", "Begins at {at}"),
    "room.soon": ("马上开始，请大家坐好", "We begin soon; please take a seat"),
    "room.here_of": ("已到 {arrived} / {expected} 人", "{arrived} of {expected} here"),
    "room.here": ("已到 {arrived} 人", "{arrived} here"),
    "room.settings": ("大屏上的字", "Words on the room's screen"),
    "room.metres": ("{m} 米", "{m} m"),
    "room.last_row": ("最后一排离屏幕多远", "From the screen to the last row"),
    "room.picture": ("画面有多高", "Height of the picture"),
    "room.lighting": ("屋里亮不亮", "Light in the room"),
    "room.light": ("亮：白底黑字", "Light: dark on white"),
    "room.dark": ("暗：黑底白字", "Dark: white on black"),
    "room.distance_not_said": (
        "选好这两项，大屏上的字会放到最后一排也看得清。",
        "With both chosen, words on the screen are made large enough for the last row.",
    ),
    "room.distance_plain": (
        "最后一排看得清，字不用再放大。",
        "The last row can read it; words keep their size.",
    ),
    "room.distance_larger": (
        "大屏上的字已放大 {percent}%，最后一排看得清。",
        "Words on the screen are {percent}% larger, for the last row.",
    ),
    "room.distance_too_far": (
        "坐得太远了：字已放到最大，请把最后一排挪到 {m} 米以内。",
        "Too far: words are at their largest; please seat the last row within {m} m.",
    ),
    "room.extend.title": ("大屏还没有自己的画面", "The room has no picture of its own yet"),
    "room.extend.step1": ("① 接好线，同时按这两个键", "1. Plug in, press both keys"),
    "room.extend.step1_other": ("① 接好线，打开“显示”设置", "1. Plug in, open Displays"),
    "room.extend.step2": ("② 选“扩展”", "2. Choose Extend"),
    "room.extend.step3": ("③ 两个屏幕就各显示各的", "3. Each shows its own"),
    "room.extend.displays": ("显示", "Displays"),
    "room.extend.menu.only": ("仅电脑屏幕", "PC only"),
    "room.extend.menu.same": ("复制", "Duplicate"),
    "room.extend.menu.extend": ("扩展", "Extend"),
    "room.extend.menu.second": ("仅第二屏幕", "Second only"),
    "room.extend.also": (
        "没有大屏也能学习：按 F11，画面放满这个屏幕。",
        "It works without, too: F11 fills this screen with the room's picture.",
    ),
    "room.swap": ("交换两个屏幕", "Swap the screens"),
    "room.swapped": (
        "已交换：大家现在看“{name}”。",
        "Swapped: the room now sees “{name}”.",
    ),
    "room.message.title": ("或者给大家看一句话", "Or show the room one sentence"),
    "room.message.shown": ("大家正在看这句话", "The room sees this"),
    "room.message.rest": ("休息十分钟，请不要走远", "Ten minutes' rest; please stay near"),
    "room.message.wait": ("请稍候，马上继续", "One moment; we go on soon"),
    "room.message.quiet": ("请大家安静，手机调成静音", "Quiet please; phones on silent"),
    "room.message.over": ("今天就到这里，路上注意安全", "That is all for today; get home safely"),
    "room.sample.site": ("松岭村学习点", "Songling village"),
    "room.sample.title": ("十一月集中学习", "November session"),
    "room.sample.next": ("冬季农业技术", "Farming in winter"),
    "room.sample.names": (
        "陈桂英|王建国|阿依古丽·阿不都热合曼|李秀兰|𬭛㛃䶮|买买提·吐尔逊|陈平|赵文华",
        "陈桂英|王建国|阿依古丽·阿不都热合曼|李秀兰|𬭛㛃䶮|买买提·吐尔逊|陈平|赵文华",
    ),
}
