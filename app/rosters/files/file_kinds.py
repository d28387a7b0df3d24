"""What a file is by its first bytes and its table of contents, whatever its name ends with."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from app.domain.errors import BadInput

MOST_UNPACKED_BYTES = 300 << 20
_MOST_ENTRIES = 5_000
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06")
_TEXT_START = 4_096


class FileKind(StrEnum):
    """The kinds that are read; each other kind is refused by what it is."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    HTML = "html"
    TEXT = "text"


def kind_of(content: bytes, file: str) -> FileKind:
    """What the content is.

    Raises:
        BadInput: nothing that holds a table that can be read; the sentence says what it is.
    """
    if content.startswith(_ZIP):
        return _kind_of_zip(content, file)
    if content.startswith(_COMPOUND):
        return _kind_of_compound(content, file)
    if content.startswith(b"%PDF"):
        raise BadInput("roster.sheet_is_pdf", file=file)
    if content.startswith(_PICTURES):
        raise BadInput("roster.sheet_is_picture", file=file)
    if content.startswith(_PACKED):
        raise BadInput("roster.sheet_is_archive", file=file)
    return _kind_of_text(content, file)


def decoded(content: bytes) -> str | None:
    """Text in the encodings offices use; None when it is none of them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def _kind_of_zip(content: bytes, file: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise BadInput("roster.sheet_broken", file=file) from broken
    if (
        len(entries) > _MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES
    ):
        raise BadInput("roster.sheet_bomb", file=file, megabytes=MOST_UNPACKED_BYTES >> 20)
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(name.startswith("xl/workbook") for name in names):
        return FileKind.XLSX
    if "content.xml" in names and "mimetype" in names:
        return FileKind.ODS
    is_word = any(name.startswith(("word/", "ppt/")) for name in names)
    raise BadInput("roster.sheet_is_document" if is_word else "roster.sheet_is_archive", file=file)


def _kind_of_compound(content: bytes, file: str) -> FileKind:
    """The old container holds workbooks, letters, and new workbooks under a password."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in content

    if has("EncryptedPackage"):
        raise BadInput("roster.sheet_locked", file=file)
    if has("WordDocument") or has("PowerPoint Document"):
        raise BadInput("roster.sheet_is_document", file=file)
    return FileKind.XLS


def _kind_of_text(content: bytes, file: str) -> FileKind:
    text = decoded(content)
    if text is None:
        raise BadInput("roster.sheet_not_excel", file=file)
    start = text[:_TEXT_START].lstrip("\ufeff \t\r\n").casefold()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<workbook" in start:
        raise BadInput("roster.sheet_is_xml", file=file)
    if start.startswith("mime-version:") or "content-type: multipart" in start:
        raise BadInput("roster.sheet_is_xml", file=file)
    if start.startswith("<") and re.search(r"<(html|table|head|body|meta|!doctype html)\b", start):
        return FileKind.HTML
    if "<table" in text.casefold() and start.startswith("<"):
        return FileKind.HTML
    if start.startswith(("<", "{", "[")) or not re.search(r"[,;\t|]", start):
        raise BadInput("roster.sheet_not_excel", file=file)
    return FileKind.TEXT
