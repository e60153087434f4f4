"""Make the golden documents and their keys: ``python -m tests.golden.make [NAME …]``.
A key holds, one a line, the facts that must be found in the document, those that may be, and those that must not,
each with its place. The place of a figure in a PDF is told twice: by the link under which it was set in a draft, and
by the characters of the finished page, which must spell the figure there.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any
from zlib import crc32

from tests.golden.making.marks import Tag
from tests.golden.making.pages import Source, browser_pdf, html_page, pieces, typst_pdf, word
from tests.golden.making.pages import Table as PageTable
from tests.golden.making.places import Spot, joined, linked, scanned, spots
from tests.golden.making.sheets import CellSpot, workbook

HERE = Path(__file__).resolve().parent
PARTS = {"open": HERE, "locked": HERE / "locked"}


def sources(part: str) -> list[Source]:
    """All documents of a part, ``open`` or ``locked``, to be made anew."""
    package = "tests.golden.documents" if part == "open" else "tests.golden.locked.documents"
    found = sorted((PARTS[part] / "documents").glob("*.py"))
    return [importlib.import_module(f"{package}.{path.stem}").source() for path in found if path.stem != "__init__"]


def made(source: Source) -> tuple[bytes, dict[str, Any]]:
    """The bytes of a document, and its key.

    Raises:
        ValueError: A page ran over, or a figure does not stand where it was set.
    """
    places: dict[int, Any] = {}
    pictured: tuple[int, ...] = ()
    pages = len(source.pages) or len(source.sheets)
    if source.form == "pdf":
        data, places, pictured = _pdf(source)
    elif source.form == "xlsx":
        data, places = workbook(source)
    else:
        data = word(source) if source.form == "docx" else html_page(source).encode()
        places = _counted(source)
    tags = [(mark, tag) for mark, said in enumerate(source.marks.tags) for tag in said]
    key = {
        "document": source.name,
        "language": source.lang,
        "known_on": source.marks.known_on,
        "pages": pages,
        "scanned": list(pictured),
        **{
            kind: [_entry(source, m, t, places[m]) for m, t in tags if t.kind == kind]
            for kind in ("must", "may", "not")
        },
    }
    _coherent(key)
    return data, key


def _pdf(source: Source) -> tuple[bytes, dict[int, Spot], tuple[int, ...]]:
    setting = browser_pdf if source.browser else typst_pdf
    data, drafted = setting(source, False), linked(setting(source, True))
    found = spots(data, source.marks, drafted)
    wanted = {mark: number for number, page in enumerate(source.pages, 1) for mark in _marks_of(page)}
    for mark, number in wanted.items():
        if found[mark].page != number:
            raise ValueError(f"{source.name}: page {number} runs over to page {found[mark].page}")
    if source.scan is None:
        return data, found, ()
    which = source.scan.pages or tuple(range(1, len(source.pages) + 1))
    pictures, turned = scanned(data, source.scan, found, crc32(source.name.encode()), source.day)
    if len(which) == len(source.pages):
        return pictures, turned, which
    both = {mark: turned[mark] if spot.page in which else spot for mark, spot in found.items()}
    return joined(data, pictures, which, source.day), both, which


def _marks_of(page: list[Any]) -> list[int]:
    texts = []
    for block in page:
        if isinstance(block, PageTable):
            texts += [cell if isinstance(cell, str) else cell[0] for row in block.rows for cell in row]
        else:
            texts.append(block.text)
    return [mark for text in texts for mark, _ in pieces(text) if mark is not None]


def _counted(source: Source) -> dict[int, Spot | None]:
    """The page of each mark by the page breaks; a page of the web has one."""
    places: dict[int, Spot | None] = {}
    for number, page in enumerate(source.pages, 1):
        for mark in _marks_of(page):
            places[mark] = Spot(number if source.form == "docx" else 1, (0, 0, 0, 0))
    return places


def _entry(source: Source, mark: int, tag: Tag, place: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if isinstance(place, CellSpot):
        entry |= {"sheet": place.sheet, "cell": place.cell}
    else:
        entry["page"] = place.page
    entry |= {"fact": tag.fact, "value": _plain(tag.value), "unit": tag.unit, "period": tag.periods[0]}
    if isinstance(place, Spot) and any(place.box):
        entry["box"] = [round(edge, 1) for edge in place.box]
    entry["text"] = source.marks.texts[mark]
    if len(tag.periods) > 1 and tag.kind != "not":
        entry["periods"] = list(tag.periods)
    if tag.also:
        entry["also"] = list(tag.also)
    if tag.why:
        entry["why"] = tag.why
    return entry


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return {end: _plain(bound) for end, bound in value.items()} if isinstance(value, dict) else value


def _coherent(key: dict[str, Any]) -> None:
    """Nothing that must not be found is also true.

    Raises:
        ValueError: A figure is told as false that stands as true for the same fact and period.
    """
    true = {
        (e["fact"], str(e["value"]), p)
        for kind in ("must", "may")
        for e in key[kind]
        for p in e.get("periods", [e["period"]])
    }
    for entry in key["not"]:
        if (entry["fact"], str(entry["value"]), entry["period"]) in true:
            raise ValueError(f"{key['document']}: {entry['fact']} {entry['text']} is true and must not be found")


def written(key: dict[str, Any]) -> str:
    """A key as JSON with one fact a line."""
    parts = []
    for name, value in key.items():
        if name in ("must", "may", "not") and value:
            inside = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in value)
            parts.append(f' "{name}": [\n{inside}\n ]')
        else:
            parts.append(f' "{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def seal(folder: Path) -> str:
    """SHA-256 over the names and bytes of documents and keys of a part."""
    whole = hashlib.sha256()
    for path in sorted([*(folder / "files").iterdir(), *(folder / "keys").iterdir()]):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def main() -> None:
    """Write files and keys, of the documents named or of all, and the seal of the locked part."""
    for part, folder in PARTS.items():
        for source in sources(part):
            if len(sys.argv) > 1 and source.name not in sys.argv[1:]:
                continue
            data, key = made(source)
            (folder / "files" / source.name).write_bytes(data)
            (folder / "keys" / f"{source.name}.json").write_text(written(key), "utf-8")
            counts = " ".join(f"{kind} {len(key[kind])}" for kind in ("must", "may", "not"))
            print(f"{part} {source.name}: {key['pages']} pages, {len(data) // 1000} kB, {counts}")
    (PARTS["locked"] / "SEAL").write_text(seal(PARTS["locked"]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
