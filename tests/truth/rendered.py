"""Renderings: what a document says stands on the page that is drawn of it, in both languages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tests.truth.faults import Fault
from tests.truth.reading import Reading

from guanzi.base.core import LANGUAGES
from guanzi.render import document_html, tell

_TAG = re.compile(r"<(?:script|style|svg)\b.*?</(?:script|style|svg)>|<[^>]+>", re.DOTALL)
_SPACE = re.compile(r"[\s\u00a0\u202f\u2009\u2060]+")
PAGES = ("dossier", "brief", "monitor", "release", "fund")
"""Documents that are drawn as pages, by how their names begin."""


def plain_text(page: str) -> str:
    """The words of a page without marks and spaces."""
    return _SPACE.sub("", html.unescape(_TAG.sub("", page)))


def lost(reading: Reading) -> Iterator[Fault]:
    """Sentences of a document that its page does not say."""
    for name, document in reading.documents.items():
        if not name.startswith(PAGES):
            continue
        for lang in LANGUAGES:
            page = plain_text(document_html(document, lang))
            for sentence in document.sentences():
                told = tell(sentence.words, lang)
                if _SPACE.sub("", told) not in page:
                    yield Fault("pages", name, lang, told, "the page does not say it", f"lost-on-page:{lang}")
