"""A form as a page of HTML that a browser prints on A4: no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from app.areas.forms.form import HEAD_WIDTH, Form, FormBoxes, FormCell, FormField, FormTable, shown

_STYLE = """
@page { size: A4; margin: 15mm 15mm 18mm; }
@page wide { size: A4 landscape; margin: 15mm; }
body { margin: 0; background: #fbf8f1; color: #1b2322;
  font: 11pt/1.45 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; }
section { background: #fff; width: 180mm; margin: 8mm auto; padding: 12mm; break-after: page; }
section.wide { width: 267mm; page: wide; }
section:last-child { break-after: auto; }
h1 { font-size: 20pt; text-align: center; margin: 0 0 6mm; }
h2 { font-size: 13pt; margin: 5mm 0 2mm; }
dl { display: grid; grid-template-columns: repeat(12, 1fr); gap: 1.5mm 2mm; margin: 0 0 4mm; }
dl div { display: flex; } dt { white-space: pre; } dd { margin: 0; }
.strong { font-weight: 700; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: 0.3mm solid #6e6e6e; padding: 1.5mm; overflow-wrap: anywhere; height: 6mm; }
th { background: #ebebeb; font-weight: 700; }
tbody th { width: 34mm; } td { white-space: pre-line; font-variant-numeric: tabular-nums; }
.start { text-align: left; } .middle { text-align: center; } .end { text-align: right; }
tfoot { display: table-row-group; } tfoot td { font-weight: 700; }
.signed { display: flex; margin-top: 8mm; } .signed span { flex: 1; }
.note { font-size: 9pt; color: #6e6e6e; margin-top: 4mm; } .note.strong { color: inherit; }
@media print { body { background: none; } section { margin: 0; padding: 0; width: auto; } }
"""


def html_of(forms: Sequence[Form]) -> str:
    """The forms as one document."""
    title = escape(forms[0].file_name) if forms else ""
    pages = "".join(_page(one) for one in forms)
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{pages}</body></html>\n"
    )


def _page(form: Form) -> str:
    return "".join(_parts(form))


def _parts(form: Form) -> Iterator[str]:
    yield '<section class="wide">' if form.is_wide else "<section>"
    yield f"<h1>{escape(form.title)}</h1>"
    if form.head:
        yield f"<dl>{''.join(_head(one) for one in form.head)}</dl>"
    for part in form.parts:
        if part.title:
            yield f"<h2>{escape(part.title)}</h2>"
        yield _boxes(part) if isinstance(part, FormBoxes) else _table(part)
    if form.signatures:
        yield f'<p class="signed">{"".join(f"<span>{escape(one)}</span>" for one in form.signatures)}</p>'
    if form.note:
        strong = " strong" if form.is_note_strong else ""
        yield f'<p class="note{strong}">{escape(form.note)}</p>'
    yield "</section>"


def _head(one: FormField) -> str:
    strong = ' class="strong"' if one.is_strong else ""
    value = escape(shown(one.cell.value))
    span = min(one.span, HEAD_WIDTH)
    return (
        f'<div style="grid-column: span {span}"{strong}>'
        f"<dt>{escape(one.label)}</dt><dd>{value}</dd></div>"
    )


def _boxes(part: FormBoxes) -> str:
    rows = "".join(
        f'<tr style="height: {one.room_mm:.0f}mm"><th>{escape(one.label)}</th>'
        f"<td>{escape(shown(one.cell.value))}</td></tr>"
        for one in part.fields
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _table(part: FormTable) -> str:
    whole = sum(one.width for one in part.columns)
    widths = "".join(f'<col style="width: {one.width * 100 / whole:.2f}%">' for one in part.columns)
    heads = "".join(f"<th>{escape(one.title)}</th>" for one in part.columns)
    rows = "".join(_row(part, row) for row in part.rows)
    total = "" if part.total is None else f"<tfoot>{_row(part, part.total)}</tfoot>"
    return (
        f"<table><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody>{total}</table>"
    )


def _row(part: FormTable, row: Sequence[FormCell]) -> str:
    cells = zip(part.columns, row, strict=True)
    return (
        "<tr>"
        + "".join(
            f'<td class="{column.align.value}">{escape(shown(cell.value))}</td>'
            for column, cell in cells
        )
        + "</tr>"
    )
