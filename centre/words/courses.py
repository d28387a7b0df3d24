"""What the centre says about course files: whole, lost, damaged, or of no course any more."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.course_sound": (
        "完好：{title}（{id}，{megabytes} MB）",
        "sound: {title} ({id}, {megabytes} MB)",
    ),
    "centre.course_lost": (
        "文件不在：{title}（{id}），站点下载不了。请重新发布这门课程。",
        "file lost: {title} ({id}); stations can't download it. Publish it again.",
    ),
    "centre.course_damaged": (
        "文件坏了：{title}（{id}），站点下载不了。请重新发布这门课程。",
        "file damaged: {title} ({id}); stations can't download it. Publish it again.",
    ),
    "centre.no_courses": ("还没有课程。", "There are no courses yet."),
    "centre.courses_dead": (
        "另有 {files} 个文件（{megabytes} MB）已没有课程用；加 --free 可以删除。",
        "{files} files ({megabytes} MB) are of no course any more; --free deletes them.",
    ),
    "centre.courses_freed": (
        "已删除 {files} 个没有课程用的文件，省出 {megabytes} MB。",
        "Deleted {files} files of no course any more: {megabytes} MB.",
    ),
}
