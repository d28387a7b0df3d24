"""Words about how the screens are lit, choosing a file, and how far a long piece of work is."""

WORDS: dict[str, tuple[str, str]] = {
    "look.theme": ("这个窗口的明暗", "Brightness of this window"),
    "look.theme.light": ("亮", "Light"),
    "look.theme.dark": ("暗", "Dark"),
    "look.theme.stark": ("高对比", "High contrast"),
    "about.title": ("关于这个程序", "About this program"),
    "about.version": ("{program}，版本 {version}", "{program}, version {version}"),
    "about.licences": ("软件许可", "Licences"),
    "about.parts": ("组成", "Parts"),
    "about.lgpl": (
        "本程序用到 {toolkit} 和 {player}，按 {licence} 使用，没有改动；它们是文件夹里单独的库文件，可以换成您自己的版本，"
        "也允许为此调试和逆向分析。源代码可向提供本程序的单位索取。",
        (
            "This program uses {toolkit} and {player} under the {licence}, unmodified. They are separate library "
            "files in its folder: you may replace them with your own versions, and debug or reverse "
            "engineer the program for that. Whoever gave you the program tells you where the sources are."
        ),
    ),
    "pace.far": ("{done} / {total}", "{done} of {total}"),
    "pace.left": ("{far} · 还要约 {minutes} 分钟", "{far} · about {minutes} minutes left"),
    "pace.soon": ("{far} · 不到 1 分钟", "{far} · less than a minute left"),
    "choose.looking": ("正在看……", "Looking…"),
    "choose.no_stick": (
        "没有看到 U 盘，插好后再按一次。",
        "No USB stick found. Plug it in and press again.",
    ),
    "choose.stick": ("U 盘 {name}", "USB stick {name}"),
    "choose.desktop": ("桌面", "Desktop"),
    "choose.documents": ("文档", "Documents"),
    "choose.back": ("换个地方找", "Look somewhere else"),
    "choose.nothing": ("这里没有 PDF 文件。", "There are no PDF files here."),
    "choose.unreadable": (
        "这个文件夹打不开。可能是 U 盘拔了，插好后再按一次。",
        "This folder can't be opened. The stick may have been pulled; plug it in and press again.",
    ),
    "choose.cut": (
        "文件太多，只列出最新的一部分。请把要放的文件复制到 U 盘最外层。",
        "There are too many files; only the newest are listed. Copy yours to the top of the stick.",
    ),
    "choose.none_of_them": ("不用了", "Cancel"),
    "choose.on_stick": ("U 盘上", "on the USB stick"),
    "choose.where_to": ("存到哪里？", "Save it where?"),
    "choose.on_documents": ("文档里", "in the documents"),
    "choose.on_desktop": ("桌面上", "on the desktop"),
}
