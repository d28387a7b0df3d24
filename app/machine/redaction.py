"""Removes names, numbers, keys and codes from log lines.

The log is written in English and names nobody; this is for what slips in all the same:
words somebody typed, paths with a person's name, an error that quotes a row. What is taken
out leaves a mark of the same kind each time, so that two lines can still be compared.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

LEFT_OUT = "[left out]"
_LONGEST_LINE = 4_000

_HAN = re.compile("[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_FRAME = re.compile(r'File "([^"]*)"')
_OURS = re.compile(r"(?:^|[\\/])((?:app|ui|site-packages|lib)[\\/].*)$")
_PERSONS_FOLDER = re.compile(r"((?:/home|/Users|[A-Za-z]:\\+Users)[\\/]+)([^\\/\s\"':]+)")
_URL = re.compile(r"\b([a-z][a-z0-9+.-]{1,9}://)(?:[^\s/@\"']*@)?([^\s/?#\"'@]+)([/?#][^\s\"']*)?")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")
_BEARER = re.compile(r"(?i)\b(bearer|basic|digest)\s+[^\s\"',;]+")
_OPENERS = (
    "pin|passwords?|passwd|passphrase|pwd|secret|token|key|authorization|cookie|nonce|"
    "signature|credential|code|\u5bc6\u7801|\u767b\u8bb0\u7801|\u9a8c\u8bc1\u7801|\u53e3\u4ee4"
)
_OPENER = re.compile(rf"(?i){_OPENERS}")
_VALUE_OF_OPENER = re.compile(
    rf"(?i)((?<![a-z])[\w-]{{0,40}}(?:{_OPENERS})\b[\"']?\s*(?:[=:\uff1a]|\bis\b)\s*b?[\"']?)([^\s\"',;)}}\]]+)"
)
_NUMBER_OF_OPENER = re.compile(rf"(?i)((?:{_OPENERS})\s*)([A-Z0-9-]*\d[A-Z0-9-]*)")
_OPENER_NAME = re.compile(rf"(?i)(?:^|_|\b)(?:{_OPENERS})s?$")
_GROUPS = re.compile(r"\b(?:[0-9A-Z]{3,6}-){2,}[0-9A-Z]{3,6}\b")
_CARD = re.compile(r"(?i)\bYJ\d-[\w-]+")
_TOKEN = re.compile(r"[A-Za-z0-9+/_-]{20,}={0,2}")
_PLAIN_PIECE = re.compile(r"[a-z0-9_-]{0,19}|[A-Z][A-Za-z]{0,18}\d?")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)(\d{4})\d{2}[ -]?\d{8}[ -]?\d{3}[\dXx](?!\d)")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{7,}(?:[Xx](?!\w))?(?!\d)")
_MOMENT = re.compile(r"1[5-9]\d{11}|2[01]\d{11}")
"""Wall ms since 1970: what the log is read by."""


class Redactor:
    """Knows the names that may stand in a text; ``lines`` and ``value`` give back what may go out."""

    def __init__(self, names: Iterable[str], home: Path) -> None:
        known = {unicodedata.normalize("NFKC", name).strip() for name in names}
        by_length = sorted((one for one in known if len(one) > 1), key=lambda one: (-len(one), one))
        self._marks = {name: f"person-{at}" for at, name in enumerate(by_length, start=1)}
        parts = [
            re.escape(one) if _HAN.search(one) else rf"\b{re.escape(one)}\b" for one in by_length
        ]
        self._names = re.compile("|".join(parts)) if parts else None
        self._home = str(home)

    def lines(self, text: Iterable[str]) -> Iterator[str]:
        """The lines without what must not go out; a key's block is left out whole."""
        inside = False
        for line in text:
            if "-----BEGIN" in line:
                inside = True
                yield LEFT_OUT + "\n"
            if not inside:
                yield self.line(line)
            if "-----END" in line:
                inside = False

    def line(self, line: str) -> str:
        """One line, or any short text without a line break in the middle of something."""
        plain = line.isascii()
        if not plain:
            line = unicodedata.normalize("NFKC", line)
        if len(line) > _LONGEST_LINE:
            line = line[:_LONGEST_LINE] + "…\n"
        line = _FRAME.sub(lambda found: f'File "{_short_path(found[1])}"', line)
        if len(self._home) > 1:
            line = line.replace(self._home, "HOME")
        line = _PERSONS_FOLDER.sub(r"\1" + LEFT_OUT, line)
        line = _URL.sub(lambda found: found[1] + found[2] + ("/…" if found[3] else ""), line)
        if "@" in line:
            line = _MAIL.sub(LEFT_OUT, line)
        line = _TOKEN.sub(_hide_token, line)  # first: a word like "pin" may stand inside a key
        line = _BEARER.sub(r"\1 " + LEFT_OUT, line)
        if _OPENER.search(line):
            line = _VALUE_OF_OPENER.sub(r"\1" + LEFT_OUT, line)
            line = _NUMBER_OF_OPENER.sub(r"\1" + LEFT_OUT, line)
        line = _CARD.sub(LEFT_OUT, line)
        line = _ID_NUMBER.sub(lambda found: found[1] + "*" * 14, line)
        line = _PHONE.sub(r"\1****\3", line)
        line = _GROUPS.sub(_mark_of_secret, line)
        line = _LONG_NUMBER.sub(_hide_number, line)
        if self._names is not None:
            line = self._names.sub(lambda found: self._marks[found[0]], line)
        return line if plain else _HAN.sub(lambda found: f"[han {len(found[0])}]", line)

    def value(self, value: object) -> object:
        """What a settings file holds, part by part; whatever is named like a secret is left out."""
        if isinstance(value, Mapping):
            return {
                self.line(str(name)): LEFT_OUT
                if _OPENER_NAME.search(str(name))
                else self.value(one)
                for name, one in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self.value(one) for one in value]
        if value is None or isinstance(value, (bool, float)):
            return value
        if isinstance(value, int):
            return value if _is_harmless(value) else self.line(str(value))
        return self.line(str(value))


def _is_harmless(number: int) -> bool:
    return abs(number) < 1_000_000 or _MOMENT.fullmatch(str(number)) is not None


def _short_path(path: str) -> str:
    """Which file it is, not where on this PC: folders above may carry somebody's name."""
    found = _OURS.search(path)
    return found[1] if found else re.split(r"[\\/]", path)[-1]


def _mark_of_secret(found: re.Match[str]) -> str:
    return f"[#{hashlib.sha256(found[0].encode('utf-8')).hexdigest()[:6]}]"


def _hide_token(found: re.Match[str]) -> str:
    """A key looks like nothing; a path is made of words."""
    word = found[0]
    pieces = word.split("/")
    if len(pieces) > 1 and all(_PLAIN_PIECE.fullmatch(piece) for piece in pieces):
        return word
    mixed = word != word.lower() and len(word) > 30
    has_digit = any(sign.isdigit() for sign in word)
    return _mark_of_secret(found) if mixed or has_digit else word


def _hide_number(found: re.Match[str]) -> str:
    return found[0] if _MOMENT.fullmatch(found[0]) else "*" * len(found[0])
