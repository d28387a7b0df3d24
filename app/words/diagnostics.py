"""What is said about the package for whoever helps from afar: the row, the file, the result."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "diagnostics.title": ("求助：导出诊断包", "Get help: export a help file"),
    "diagnostics.note": (
        "把程序的情况存成一个文件，交给中心看。里面没有姓名、手机号、证件号和密码，也没有签到记录。",
        (
            "Keeps how the program is doing in one file for the centre. It holds no names, phone "
            "or ID numbers, no PIN and no record of who came."
        ),
    ),
    "diagnostics.to_stick": ("存到 U 盘", "Save to USB stick"),
    "diagnostics.to_desktop": ("存到桌面", "Save to desktop"),
    "diagnostics.busy": ("正在写诊断包…", "Writing the help file…"),
    "diagnostics.done": (
        "诊断包写好了，编号 {code}。存在{place}：{file}",
        "The help file is written, number {code}. It is {place}: {file}",
    ),
    "diagnostics.place.stick": ("U 盘上", "on the stick"),
    "diagnostics.place.desktop": ("桌面上", "on the desktop"),
    "diagnostics.no_stick": (
        "没有看到 U 盘。记录没有动。请插好 U 盘再按一次，或存到桌面。",
        "No stick is seen. The record was not touched. Plug one in and press again, or use the desktop.",
    ),
    "diagnostics.file": ("远教诊断-{site}-{day}-{code}", "help-{site}-{day}-{code}"),
    "diagnostics.no_site": ("未登记", "not-enrolled"),
    "command.diagnose": ("写一个不含个人信息的诊断包", "write a help file without personal data"),
    "command.diagnose.file": (
        "文件名，或要放进去的文件夹",
        "the file, or the folder to put it into",
    ),
    "command.diagnosed": ("诊断包 {code}：{file}", "help file {code}: {file}"),
    "notice.reopened": (
        "软件上次没有正常关闭（可能停电了）。记录都在，可以接着用。",
        "The program was not closed last time (perhaps the power went). The record is all here; go on.",
    ),
}
