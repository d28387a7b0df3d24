"""Question packs: read from a spreadsheet with errors by row, sealed, published, opened in time.

The sheet has a line a question: kind, question, the right answer (letters, in their order where that
is asked for), options A to H. The key stays at the centre until the pack is opened; its row
then goes to every station, and its sixteen signs may be read out where no row comes.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from app.areas.catalogue.kinds import kind_name
from app.areas.tests_of_courses.question_pack import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    PackContent,
    PackKey,
    PackQuestion,
    QuestionKind,
    QuestionPack,
    why_wrong,
)
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import id_from_random
from app.domain.time import local_time
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.wire.codec import read_row, write_row
from app.wire.sealed_packs import KEY_BYTES, seal_pack, spelled
from centre.catalogue.rows import AT_HOME
from centre.catalogue.sheets import Sheet, open_sheets, text_of
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE
from centre.service import Centre
from centre.store.tables import feed_rows
from centre.words import WORDS

_KINDS = {
    match_form(word): kind
    for kind in QuestionKind
    for word in (kind.value, *WORDS[f"centre.question_{kind.value}"])
}
_HEADINGS = {
    match_form(word): name
    for name in ("kind", "text", "right")
    for word in (name, *WORDS[f"centre.question_column_{name}"])
}
_LETTERS = "ABCDEFGH"
_HEADER_WITHIN = 15
_MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class QuestionTrouble:
    """What is wrong with a row, numbered as the sheet shows it: the end of a catalogue key."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class PackRead:
    """What a file holds; with troubles nothing was published. ``pack`` is the id once it was."""

    questions: tuple[PackQuestion, ...]
    troubles: tuple[QuestionTrouble, ...]
    pack: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class PackWish:
    """What a pack is to be called, when it opens (local, ``2026-11-26 19:30``), its time limit."""

    name: str
    opens: str
    minutes: int = 0


def import_pack(centre: Centre, path: Path, wish: PackWish, *, apply: bool) -> PackRead:
    """Read a pack and, when ``apply`` and every row is right, publish it sealed.

    Raises:
        BadInput: the file can't be read, has no questions, or the moment is none.
    """
    _check_moment(wish.opens)
    sheets = [one for one in open_sheets(path) if one.visible and one.is_table]
    questions: list[PackQuestion] = []
    troubles: list[QuestionTrouble] = []
    for sheet in sheets:
        _read_sheet(sheet, questions, troubles)
    if not questions and not troubles or len(questions) > MOST_QUESTIONS:
        raise BadInput("centre.pack_no_questions", most=MOST_QUESTIONS)
    read = PackRead(tuple(questions), tuple(troubles))
    if not apply or troubles:
        return read
    pack = id_from_random("t", secrets.token_bytes(10))
    key = spelled(secrets.token_bytes(KEY_BYTES))
    content = write_row(PackContent(read.questions))
    row = QuestionPack(
        id=pack,
        name=wish.name,
        opens=wish.opens,
        count=len(questions),
        sealed=seal_pack(pack, key, content, secrets.token_bytes(12)),
        minutes=wish.minutes,
    )
    with centre.store.writing() as tx:
        kept = write_row(PackKey(pack, wish.name, key))
        publish(tx, AT_HOME, (Row(kind_name(PackKey), pack, kept),))
        publish(tx, CATALOGUE, (Row(kind_name(QuestionPack), pack, write_row(row)),))
    return PackRead(read.questions, (), pack, key)


def open_pack_now(centre: Centre, pack: str, *, early: bool = False) -> str:
    """Publish the key of a pack; returns it as it is read out.

    Raises:
        NotFound: there is no such pack, or its key is not here.
        NotPossibleNow: it is not time yet.
    """
    row = pack_row(centre, pack)
    if not early and row.opens > local_time(centre.now_ms()).strftime(_MOMENT):
        raise NotPossibleNow("centre.pack_not_yet", name=row.name, at=row.opens)
    with centre.store.writing() as tx:
        kept = tx.scalar(
            select(feed_rows.c.body).where(
                feed_rows.c.scope == AT_HOME,
                feed_rows.c.kind == kind_name(PackKey),
                feed_rows.c.key == row.id,
            )
        )
        if kept is None:
            raise NotFound("centre.no_pack", pack=pack)
        publish(tx, CATALOGUE, (Row(kind_name(PackKey), row.id, bytes(kept)),))
    return read_row(bytes(kept), PackKey).key


def pack_row(centre: Centre, pack: str) -> QuestionPack:
    """A pack by its id or name. NotFound: there is none."""
    for one in packs_of(centre):
        if pack in (one.id, one.name):
            return one
    raise NotFound("centre.no_pack", pack=pack)


def packs_of(centre: Centre) -> tuple[QuestionPack, ...]:
    """All packs, by name."""
    query = select(feed_rows.c.body).where(
        feed_rows.c.scope == CATALOGUE,
        feed_rows.c.kind == kind_name(QuestionPack),
        feed_rows.c.body.is_not(None),
    )
    with centre.store.reading() as tx:
        found = [read_row(bytes(body), QuestionPack) for body in tx.scalars(query)]
    return tuple(sorted(found, key=lambda one: (one.name, one.id)))


def _read_sheet(
    sheet: Sheet, questions: list[PackQuestion], troubles: list[QuestionTrouble]
) -> None:
    header = _header(sheet)
    if header is None:
        return
    at, columns = header
    options = [one for one in range(len(sheet.rows[at])) if one not in columns.values()]
    for number, cells in enumerate(sheet.rows[at + 1 :], at + 2):
        said = [text_of(one).strip() for one in cells]
        if not any(said):
            continue
        read = _question(said, columns, options)
        if isinstance(read, str):
            troubles.append(QuestionTrouble(number, read))
        else:
            questions.append(read)


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for at, cells in enumerate(sheet.rows[:_HEADER_WITHIN]):
        named = {_HEADINGS.get(match_form(text_of(one))): place for place, one in enumerate(cells)}
        known = {name: place for name, place in named.items() if name is not None}
        if len(known) == len({*_HEADINGS.values()}):
            return at, known
    return None


def _question(
    said: Sequence[str], columns: dict[str, int], places: Sequence[int]
) -> PackQuestion | str:
    kind = _KINDS.get(match_form(said[columns["kind"]]))
    if kind is None:
        return "kind"
    options = tuple(said[one] for one in places if one < len(said))
    while options and not options[-1]:
        options = options[:-1]
    answer = said[columns["right"]]
    if kind is QuestionKind.TRUE_FALSE:
        options = options or (WORDS["centre.question_yes"][0], WORDS["centre.question_no"][0])
        told = match_form(answer)
        for sign, word in zip("AB", ("centre.question_yes", "centre.question_no"), strict=True):
            if told in map(match_form, WORDS[word]):
                answer = sign
    signs = [one for one in answer.upper() if one.isalnum()]
    if not signs or any(one not in _LETTERS[:MOST_OPTIONS] for one in signs):
        return "right"
    right = tuple(_LETTERS.index(one) for one in signs)
    if kind is QuestionKind.MULTIPLE:
        right = tuple(sorted(right))
    question = PackQuestion(kind, said[columns["text"]], options, right)
    return why_wrong(question) or question


def _check_moment(opens: str) -> None:
    try:
        is_moment = datetime.strptime(opens, _MOMENT).strftime(_MOMENT) == opens  # noqa: DTZ007
    except ValueError:
        is_moment = False
    if not is_moment:
        raise BadInput("centre.pack_no_moment", at=opens)
