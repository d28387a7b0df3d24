"""Subtitles as offices have them, read and made UTF-8 SRT for the stations.

The likely encodings are tried strictly; between GB18030 and Big5, which both take almost any
bytes, the share of everyday characters decides. What cannot be a subtitle is refused with its line.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.wire.foreign_files import printable
from centre.courses.film import Remark, check_regular

MOST_BYTES = 4 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SRT_TIME = r"\d{1,2}:\d{1,2}:\d{1,2}[.,]\d{1,3}"
_VTT_TIME = r"(?:\d{1,4}:)?\d{2}:\d{2}\.\d{2,3}"
_CUES = {
    kind: re.compile(rf"\s*({time})\s*-->\s*({time})(?:\s.*)?\Z")
    for kind, time in (("SRT", _SRT_TIME), ("VTT", _VTT_TIME))
}
_ARROW = "-->"
_ASS = "[Script Info]"
_VTT = "WEBVTT"
_VTT_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)\b")


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A subtitle as it is published: ``data`` is UTF-8 SRT; told is how it was read."""

    data: bytes
    encoding: str
    kind: str
    cues: int
    changed: bool
    remarks: tuple[Remark, ...] = ()


def read_subtitle(path: Path, film_ms: int) -> Subtitle:
    """Read and convert one.

    Raises:
        BadInput: it can't be read, is no subtitle, or has a line that makes no sense.
    """
    name = printable(path.name)
    check_regular(path)
    try:
        with path.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as gone:
        raise BadInput("centre.file_unreadable", file=name) from gone
    if len(raw) > MOST_BYTES:
        raise BadInput("centre.subtitle_too_large", file=name, most=MOST_BYTES >> 20)
    text, encoding = _decode(raw, name)
    kind = "ASS" if _ASS in text else "VTT" if text.lstrip().startswith(_VTT) else "SRT"
    if kind != "ASS":
        _check_lines(text, _CUES[kind], name)
    times, srt = _parse(text, kind, name)
    if not times:
        raise BadInput("centre.subtitle_empty", file=name)
    beyond = sum(start >= film_ms for start, _end in times)
    if beyond == len(times):
        raise BadInput("centre.subtitle_beyond", file=name)
    remarks: list[Remark] = []
    if beyond:
        remarks.append(("centre.subtitle_some_beyond", {"count": beyond}))
    backwards = sum(end <= start for start, end in times)
    if backwards:
        remarks.append(("centre.subtitle_backwards", {"count": backwards}))
    as_it_is = kind == "SRT" and encoding == "UTF-8" and not raw.startswith(codecs.BOM_UTF8)
    data = raw if as_it_is else srt.encode("utf-8")
    return Subtitle(data, encoding, kind, len(times), not as_it_is, tuple(remarks))


def _check_lines(text: str, cue: re.Pattern[str], name: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if _ARROW not in line:
            continue
        found = cue.match(line)
        if found is None or not all(_makes_sense(one) for one in found.groups()):
            raise BadInput("centre.subtitle_bad_line", file=name, line=number)


def _makes_sense(time: str) -> bool:
    *_hours, minutes, seconds = re.split(r"[.,]", time)[0].split(":")
    return int(minutes) < 60 and int(seconds) < 60


def _parse(text: str, kind: str, name: str) -> tuple[list[tuple[int, int]], str]:
    import pysubs2

    if kind == "VTT":
        blocks = re.split(r"\n{2,}", text)
        text = "\n\n".join(one for one in blocks if not _VTT_ASIDE.match(one.lstrip("\n")))
    try:
        read = pysubs2.SSAFile.from_string(text, format_=kind.lower())
        shown = [one for one in read if not one.is_comment and one.plaintext.strip()]
        read.events = shown
        srt = read.to_string("srt")
    except (pysubs2.exceptions.Pysubs2Error, ValueError, LookupError, OverflowError) as broken:
        raise BadInput("centre.subtitle_unreadable", file=name) from broken
    return [(one.start, one.end) for one in shown], srt


def _decode(raw: bytes, name: str) -> tuple[str, str]:
    for mark, encoding, called in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding, name), called
    wide = _wide(raw)
    if wide:
        return _strictly(raw, wide, name), "UTF-16"
    readings = [(_everyday(raw, one), one) for one in ("gb18030", "big5") if _reads(raw, one)]
    if _reads(raw, "utf-8"):
        return _strictly(raw, "utf-8", name), "UTF-8"
    if not readings:
        raise BadInput("centre.subtitle_unreadable", file=name)
    best = max(readings, key=lambda one: one[0])[1]
    return _strictly(raw, best, name), "Big5" if best == "big5" else "GB18030"


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as broken:
        raise BadInput("centre.subtitle_unreadable", file=name) from broken
    if "\0" in text:
        raise BadInput("centre.subtitle_unreadable", file=name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: times and line ends are ASCII, so every other byte of them is 0."""
    start = raw[:4096]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 10 < len(start) or min(even, odd) * 4 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _everyday(raw: bytes, encoding: str) -> float:
    """The share of two-byte signs that are everyday ones in this encoding's order of frequency."""
    first, last, least = (0xB0, 0xD7, 0xA1) if encoding == "gb18030" else (0xA4, 0xC6, 0x40)
    at = signs = everyday = 0
    while at < len(raw) - 1:
        if raw[at] < 0x80:
            at += 1
            continue
        signs += 1
        punctuation = 0xA1 <= raw[at] <= 0xA3
        everyday += punctuation or (first <= raw[at] <= last and raw[at + 1] >= least)
        at += 2
    return everyday / signs if signs else 0.0
