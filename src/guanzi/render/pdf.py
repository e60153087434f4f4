"""A document as PDF: tagged (PDF/UA-1), with searchable text, the same bytes for the same document and fonts."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.render.document import Document
from guanzi.render.flat import FlatDocument, flatten

LATIN, MARKS = ("Libertinus Serif",), ("DejaVu Sans Mono",)
"""Fonts of letters, and of boxes to tick: both come with the typesetter."""
CHINESE = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Noto Sans CJK SC", "Source Han Sans SC",
           "Songti SC", "SimSun")  # fmt: skip
"""Fonts with Chinese characters, best first; the first that the machine has is taken."""


def document_pdf(document: Document, lang: str = "en") -> bytes:
    """Lay out a document on A4.

    Raises:
        InvalidInput: The typesetter, or a Chinese font for a Chinese paper, is not installed; no font has a character.
    """
    try:
        import typst
    except ImportError as error:
        cause, fix = Message.of("reports.paper.no_typesetter"), Message.of("reports.paper.no_typesetter.mend")
        raise InvalidInput(Problem(cause, Place("guanzi papers"), fix)) from error
    paper = flatten(document, lang)
    fonts = typst.Fonts()
    template = files("guanzi.render").joinpath("templates/document.typ").read_bytes()
    compiler = typst.Compiler(template, font_paths=fonts, sys_inputs={"paper": _data(paper, fonts.families())})
    stamp = datetime(paper.dated.year, paper.dated.month, paper.dated.day, tzinfo=UTC)
    try:
        made: Any = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    except typst.TypstError as error:
        unseen = re.search(r'the text "(.*)" could not be displayed', str(error).replace("`", ""))
        if unseen is None:
            raise
        cause = Message.of("reports.paper.no_glyph", text=unseen[1])
        fix = Message.of("reports.paper.no_font.mend", fonts=CHINESE)
        raise InvalidInput(Problem(cause, Place("guanzi papers"), fix)) from error
    return bytes(made)


def _data(paper: FlatDocument, families: list[str]) -> str:
    """What the template reads; the fonts are named, so that no other takes their place unseen."""
    chinese = [name for name in CHINESE if name in families][:1]
    if paper.lang == "zh" and not chinese:
        cause, fix = Message.of("reports.paper.no_font"), Message.of("reports.paper.no_font.mend", fonts=CHINESE)
        raise InvalidInput(Problem(cause, Place("guanzi papers"), fix))
    data = asdict(paper)
    data["dated"] = [paper.dated.year, paper.dated.month, paper.dated.day]
    data["fonts"] = [*LATIN, *chinese, *MARKS]
    return json.dumps(data, ensure_ascii=False)
