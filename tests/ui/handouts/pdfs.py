"""PDFs written by hand, one coloured page after another, sound and hostile."""

from __future__ import annotations

import zlib
from pathlib import Path

COLOURS = ("1 0 0", "0 1 0", "0 0 1", "1 1 0", "0 1 1")


def pdf(
    pages: int = 3, *, box: str = "0 0 960 720", drawn: str = "", encrypted: bool = False
) -> bytes:
    """A PDF whose page n is filled with colour n; ``drawn`` is added to each page's drawing."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(pages))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
    ]
    for number in range(pages):
        colour = COLOURS[number % len(COLOURS)]
        content = f"{colour} rg 0 0 2000 2000 re f {drawn}"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {4 + 2 * number} 0 R >>"
        )
        bodies.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    if encrypted:
        zeros = "00" * 32
        bodies.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{zeros}> /U <{zeros}> >>")
    locked = f" /Encrypt {len(bodies)} 0 R /ID [<00><00>]" if encrypted else ""
    return _whole(bodies, locked)


def endless_page() -> bytes:
    """One page whose drawing calls drawings that call drawings: years of work in a few bytes."""
    calls = "/X Do " * 30
    forms = [
        _form(calls, f" /Resources << /XObject << /X {6 + level} 0 R >> >>") for level in range(10)
    ]
    return _whole(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 720] /Contents 4 0 R"
            " /Resources << /XObject << /X 5 0 R >> >> >>",
            f"<< /Length {len(calls)} >>\nstream\n{calls}\nendstream",
            *forms,
            _form("0 0 10 10 re f", ""),
        ]
    )


def swelling_page(shapes: int = 10_000_000) -> bytes:
    """One page of very many small shapes, packed: about 140 KiB that a reader makes gigabytes of."""
    packed = zlib.compress(b"0 0 1 1 re f\n" * shapes, 9)
    head = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 720] /Contents 4 0 R >>"
    stream = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    content = stream.encode() + packed + b"\nendstream"
    return _whole([*head, page, content.decode("latin-1")])


def _form(content: str, resources: str) -> str:
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 960 720]{resources}"
    return f"{head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _whole(bodies: list[str], locked: str = "") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = (
        f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R{locked} >>\nstartxref\n{len(out)}\n%%EOF"
    )
    head = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n"
    return out + (head + table + tail).encode()


def written(folder: Path, name: str = "讲义", content: bytes | None = None) -> Path:
    """A file of it in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf() if content is None else content)
    return path
