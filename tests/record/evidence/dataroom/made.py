"""Documents that the tests make themselves: of every kind, sound and hostile."""

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl


def pdf(path: Path, pages: list[list[str]], *, trailer: str = "") -> Path:
    """A PDF of some lines a page; Latin in Helvetica, Chinese in a font that maps its codes to characters."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(content: bytes, entries: str = "") -> bytes:
        return f"<< /Length {len(content)} {entries}>>\nstream\n".encode() + content + b"\nendstream"

    characters = sorted({c for page in pages for line in page for c in line if ord(c) > 255})
    mapped = "".join(f"<{ord(c):04X}> <{ord(c):04X}>\n" for c in characters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "".join(
            f"{len(chunk)} beginbfchar\n{''.join(chunk)}endbfchar\n"
            for chunk in [mapped.splitlines(keepends=True)[i : i + 100] for i in range(0, max(len(characters), 1), 100)]
            if chunk
        )
        + "endcmap end end"
    )
    add(b"")  # the catalogue, when the number of the pages is known
    add(b"")  # the pages
    latin = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    unicode = add(stream(cmap.encode()))
    descriptor = add(b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
                     b"/Ascent 880 /Descent -120 /CapHeight 800 /StemV 80 >>")  # fmt: skip
    cid = add(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering "
              f"(Identity) /Supplement 0 >> /DW 1000 /FontDescriptor {descriptor} 0 R >>".encode())  # fmt: skip
    han = add(f"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [{cid} 0 R] "
              f"/ToUnicode {unicode} 0 R >>".encode())  # fmt: skip
    kids = []
    for page in pages:
        parts = ["BT"]
        for row, line in enumerate(page):
            parts.append(f"1 0 0 1 50 {780 - 16 * row} Tm")
            run, is_han = "", None
            for character in [*line, None]:
                kind = None if character is None else ord(character) > 255
                if kind != is_han and run:
                    codes = "".join(f"{ord(c):04X}" for c in run)
                    escaped = run.replace("(", "\\(").replace(")", "\\)")
                    parts.append(f"/H 10 Tf <{codes}> Tj" if is_han else f"/L 10 Tf ({escaped}) Tj")
                    run = ""
                is_han = kind
                run += character or ""
        parts.append("ET")
        content = add(stream("\n".join(parts).encode("latin-1")))
        kids.append(add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
                        f"/Resources << /Font << /L {latin} 0 R /H {han} 0 R >> >> >>".encode()))  # fmt: skip
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R " + trailer.encode() + b">>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(bytes(out))
    return path


def ruled_pdf(path: Path, rows: list[list[str]], lines: list[tuple[int, int, int, int]]) -> Path:
    """A PDF with one table: two columns, rows of 20 points, and rulings from point to point."""
    drawn = "".join(f"{x0} {y0} m {x1} {y1} l S\n" for x0, y0, x1, y1 in lines)
    texts = "".join(
        f"1 0 0 1 {55 + 100 * column} {686 - 20 * row} Tm ({text}) Tj\n"
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    )
    content = f"{drawn}BT /L 10 Tf\n{texts}ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R/Resources << /Font << /L 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    path.write_bytes(b"%PDF-1.4\n" + made + b"trailer << /Root 1 0 R >>\n")
    return path


def png(path: Path, width: int, height: int, *, honest: bool = True) -> Path:
    """A black picture; a dishonest one claims its size and holds nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height) if honest else zlib.compress(b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook of some sheets."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """An office file with a further part."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path
