"""Every form on A4 reads back from its PDF: each value, on as many pages as it takes."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from app.areas.forms.form import Form, cells_of, shown
from app.words import speak
from tests.areas.forms.samples import every_form
from ui.printing.form_paper import draw_forms
from ui.printing.output import pdf_of
from ui.theme import look

speak("zh")
FORMS = every_form()


@pytest.fixture(autouse=True)
def looks(qapp: QApplication) -> None:
    """The bundled fonts."""
    look.apply_look(qapp)


def pages_in(forms: tuple[Form, ...]) -> list[tuple[str, tuple[int, int]]]:
    """Words and size in points of each page."""
    data = pdf_of(lambda paper: draw_forms(paper, forms), "t", is_wide=forms[0].is_wide)
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            (
                "".join(page.get_textpage().get_text_range().split()),
                (round(page.get_size()[0]), round(page.get_size()[1])),
            )
            for page in document
        ]
    finally:
        document.close()


def plain(words: str) -> str:
    """Without what breaks lines."""
    return "".join(words.split())


@pytest.mark.parametrize("form", FORMS, ids=[one.name for one in FORMS])
def test_every_value_stands_on_the_paper(form: Form) -> None:
    pages = pages_in((form,))
    whole = "".join(words for words, _size in pages)
    missing = [
        shown(cell.value) for cell in cells_of(form) if plain(shown(cell.value)) not in whole
    ]
    assert missing == []
    assert plain(form.title) in pages[0][0]
    for words in (*form.signatures, form.note):
        assert plain(words) in whole
    size = (842, 595) if form.is_wide else (595, 842)
    assert {size} == {size for _words, size in pages}


def test_forms_of_both_ways_lie_in_one_document_each_its_own_way() -> None:
    sizes = [size for _words, size in pages_in(FORMS)]
    assert sizes[0] == (595, 842)
    assert sizes[-1] == (842, 595)
