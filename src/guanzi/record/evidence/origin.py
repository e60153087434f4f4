"""From which cells of a workbook a term sheet came, kept beside the case that was made of it.

``workbook.json`` holds the cell of every value of a term sheet, and the hash of the file that was written. While that
file is as it was, and the workbook lies in or beside the folder or where the reader stands, what is said of a clause
can name the cell; otherwise the lines of the file count.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from guanzi.base.core import Place, dump_json, sha256_of
from guanzi.base.reading import YamlDocument, field_name, yaml_text
from guanzi.record.evidence.view import SheetFile

ORIGIN = "workbook.json"


def origin_text(book: str, documents: Mapping[str, YamlDocument]) -> str:
    """The content of ``workbook.json``.

    Args:
        book: The workbook as it was named when it was read; its name is kept without the way to it.
        documents: Term sheets as they were read from it, by name.
    """
    sheets = {
        name: {
            "sha256": sha256_of(yaml_text(document.data).encode("utf-8")),
            "cells": {field_name(path): str(place).removeprefix(f"{book}:") for path, place in document.places.items()},
        }
        for name, document in documents.items()
    }
    return dump_json({"format": 1, "workbook": Path(book).name, "sheets": sheets})


def in_cells(folder: Path, sheet: SheetFile, document: YamlDocument) -> YamlDocument:
    """A term sheet whose places are the cells it came from; as it is if it was changed or no workbook is there.

    Args:
        folder: Folder of the case.
        sheet: The term sheet.
        document: Its content, perhaps under another name.
    """
    try:
        found = json.loads((folder / ORIGIN).read_text("utf-8"))
        own = found["sheets"][sheet.name]
        same = own["sha256"] == sha256_of((folder / "terms" / f"{sheet.name}.yaml").read_bytes())
        book = str(found["workbook"])
        there = any((place / book).is_file() for place in (folder, folder.parent, Path()))
        places = _places(document, book, own["cells"]) if same and there else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return document
    return document if places is None else replace(document, places=places, key_places=places)


def _places(document: YamlDocument, book: str, cells: Mapping[str, Any]) -> dict[tuple[str | int, ...], Place]:
    found: dict[tuple[str | int, ...], Place] = {}
    for path in document.places:
        for length in range(len(path), -1, -1):
            if (cell := cells.get(field_name(path[:length]))) is not None:
                found[path] = Place(f"{book}:{cell}")
                break
    return found
