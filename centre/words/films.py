"""What the centre says of films and subtitles it looks at before publishing."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.no_plain_file": (
        "{file} 不是普通文件（是文件夹、管道或设备），没有发布。请选一个视频或字幕文件。",
        "{file} is a folder, a pipe or a device; nothing was published. Choose a file.",
    ),
    "centre.video_undecodable": (
        "{file} 的画面（{what}）一幅也解不出来，没有发布。请转成 H.264 8 位 4:2:0 的 MP4。",
        (
            "Not one picture of {file} ({what}) can be decoded; it was not published. Convert it "
            "to MP4 with H.264, 8 bit, 4:2:0."
        ),
    ),
    "centre.film_codec": (
        "注意：画面是 {codec} {bits} 位 {chroma}，旧电脑放不动，建议转成 H.264 8 位 4:2:0。",
        (
            "Mind: the picture is {codec} {bits} bit {chroma}, too much for old PCs. Better convert "
            "it to H.264, 8 bit, 4:2:0."
        ),
    ),
    "centre.film_large": (
        "注意：画面有 {width}×{height}，旧电脑放不动，建议缩到 1280×720。",
        "Mind: {width}×{height} is too much for old PCs. Better make it 1280×720.",
    ),
    "centre.film_fast": (
        "注意：每秒 {rate} 幅，旧电脑跟不上，建议转成每秒 25 幅。",
        "Mind: {rate} pictures a second are too many for old PCs. Better make it 25.",
    ),
    "centre.film_heavy": (
        "注意：每秒 {mbit} Mbit，站点下载很慢，建议压到 2–4 Mbit。",
        "Mind: at {mbit} Mbit/s it is long on its way to the sites. Better make it 2–4 Mbit/s.",
    ),
    "centre.film_slides": (
        "注意：有画面停住 {seconds} 秒不动，放映时可能跳过几页，建议转成每秒 25 幅。",
        (
            "Mind: a picture stands for {seconds} s; players may leave some out. Better make it 25 "
            "pictures a second."
        ),
    ),
    "centre.film_silent": (
        "注意：这个视频没有声音。",
        "Mind: this film has no sound.",
    ),
    "centre.film_sound": (
        "注意：声音是 {what}，有的旧电脑放不出来，建议转成 AAC。",
        "Mind: the sound is {what}, which some old PCs can't play. Better convert it to AAC.",
    ),
    "centre.film_damaged": (
        "注意：有 {count} 处画面坏了，放映时会花屏。请看一遍，最好重新导出。",
        "Mind: {count} pictures are damaged. Look at the film, or export it again.",
    ),
    "centre.subtitle_unreadable": (
        "字幕 {file} 读不出来（不是 SRT、VTT 或 ASS，或编码不明），没有发布。请另存为 UTF-8 的 SRT。",
        (
            "The subtitle {file} can't be read (no SRT, VTT or ASS, or an unknown encoding); nothing "
            "was published. Save it as SRT in UTF-8."
        ),
    ),
    "centre.subtitle_too_large": (
        "字幕 {file} 超过 {most} MB，没有发布。请换成文字字幕（SRT）。",
        "The subtitle {file} is larger than {most} MB; nothing was published. Choose an SRT.",
    ),
    "centre.subtitle_bad_line": (
        "字幕 {file} 第 {line} 行的时间写法不对，没有发布。请改成 00:01:02,000 --> 00:01:05,000 这样。",
        (
            "The times in line {line} of the subtitle {file} make no sense; nothing was published. "
            "Write them like 00:01:02,000 --> 00:01:05,000."
        ),
    ),
    "centre.subtitle_empty": (
        "字幕 {file} 里一条字幕也没有，没有发布。请换一个字幕文件。",
        "The subtitle {file} holds no line to show; nothing was published. Choose another one.",
    ),
    "centre.subtitle_beyond": (
        "字幕 {file} 全部晚于视频的结尾，没有发布。请核对是不是这个视频的字幕。",
        (
            "Every line of the subtitle {file} comes after the film's end; nothing was published. "
            "Check that it belongs to this film."
        ),
    ),
    "centre.subtitle_some_beyond": (
        "注意：有 {count} 条字幕晚于视频的结尾，请核对是不是这个视频的字幕。",
        "Mind: {count} subtitles come after the film's end. Check that they belong to it.",
    ),
    "centre.subtitle_backwards": (
        "注意：有 {count} 条字幕的结束不晚于开始，不会显示。",
        "Mind: {count} subtitles end before they begin and won't be seen.",
    ),
    "centre.subtitle_converted": (
        "字幕按 {encoding} 的 {kind} 读，已转成 UTF-8 的 SRT，共 {cues} 条。",
        "The subtitle was read as {kind} in {encoding} and made SRT in UTF-8: {cues} lines.",
    ),
    "centre.subtitle_kept": (
        "字幕是 {encoding} 的 {kind}，原样采用，共 {cues} 条。",
        "The subtitle is {kind} in {encoding}, taken as it is: {cues} lines.",
    ),
    "centre.words_no_text": (
        "{what} 里有不成文字的字节，没有发布。请重新输入。",
        "What --{what} says is no text; nothing was published. Type it again.",
    ),
    "centre.words_lines": (
        "{what} 只能写一行，没有发布。请去掉换行。",
        "--{what} may be one line only; nothing was published. Take the line breaks out.",
    ),
    "centre.words_too_long": (
        "{what} 太长（最多 {most} 个字），没有发布。请写短一点。",
        "--{what} is too long (at most {most} characters); nothing was published. Shorten it.",
    ),
}
