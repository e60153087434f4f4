"""Words that stand on a page in another language than its own: they are marked with it, for eyes and screen readers.

What was entered in one language only, and what is cited by its own title, is not translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from guanzi.base.core import localised

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60"
_CHINESE = re.compile(f"[{_HAN}]")
_OTHER = re.compile("[\u00c0-\u024f]")
"""Letters that English does not have: which language has them was not entered."""
_SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[^A-Za-z]{1,3}[A-Za-z]{2,}){2,}")
"""Three words in a row are more than a name or an abbreviation, which Chinese takes as they are."""
_BETWEEN = re.compile(f"([{_HAN}“”]+)")
_TAGS = re.compile(r"(<[^>]+>)")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_LEFT = {"script", "style", "code", "svg", "title"}
"""Elements whose text is left as it is."""


def entered(text: str, lang: str) -> str:
    """Words that a person entered, in the language of the page; else as they are, marked with their own language.

    >>> entered("counted by hand", "zh")
    Markup('<span lang="en">counted by hand</span>')
    """
    told = localised(text, lang)
    own = "zh" if _CHINESE.search(told) else "en"
    if own == lang or not re.search(r"[^\W\d_]", told):
        return told
    return Markup('<span lang="{}">{}</span>').format("zh-Hans" if own == "zh" else _latin(told), told)


def mark_foreign(page: str, lang: str) -> str:
    """A Chinese page on which whole sentences and titles of another language within a text are marked with it.

    >>> mark_foreign("<p>论证参照：Porter, Competitive Strategy, Free Press 1980。</p>", "zh")
    '<p>论证参照：<span lang="en">Porter, Competitive Strategy, Free Press 1980</span>。</p>'
    """
    return "".join(_marked(page)) if lang == "zh" else page


def _marked(page: str) -> Iterator[str]:
    within, depth = "", 0  # the element that is left as it is, and how often its name is open
    for part in _TAGS.split(page):
        tag = _NAME.match(part)
        if tag is None:
            yield part if within else "".join(_of_text(part))
            continue
        name = tag.group(1)
        opens = not part.startswith("</")
        if within:
            depth += (name == within) * (1 if opens else -1)
            within = within if depth else ""
        elif opens and (name in _LEFT or (name != "html" and " lang=" in part)):
            within, depth = name, 1
        yield part


def _of_text(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(text):
        if not _SENTENCE.search(piece):
            yield piece
            continue
        bare = piece.strip()
        start = piece.index(bare)
        yield f'{piece[:start]}<span lang="{_latin(bare)}">{bare}</span>{piece[start + len(bare) :]}'


def _latin(words: str) -> str:
    return "und" if _OTHER.search(words) else "en"
