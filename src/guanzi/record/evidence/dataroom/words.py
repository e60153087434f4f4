"""Words of a text, so that a full-text index finds Chinese of any length exactly.

Chinese is written without spaces; an index of "words" would need a dictionary, and would miss what the dictionary does
not know. Each Chinese character therefore gives one token: itself with the character after it (the last of a run stands
alone). Tokens stand at the position of their first character, so that a phrase of such pairs is found where, and only
where, the characters stand next to one another (Nie, Gao, Zhang and Zhou, "On the use of words and n-grams for Chinese
information retrieval", IRAL 2000).
"""

from __future__ import annotations

import re
import unicodedata

_HAN = "\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"(?P<han>[{_HAN}]+)|(?P<word>[^\\W_{_HAN}]+)")
#: A character of a script that is written without spaces between words.
HAN = re.compile(f"[{_HAN}]")


def fold(text: str) -> str:
    """A text as searches compare it: compatibility forms (full width) as plain ones, without case.

    >>> fold("ＮＩＯ　蔚来")
    'nio 蔚来'
    """
    return unicodedata.normalize("NFKC", text).casefold()


def tokens_of(folded: str) -> list[str]:
    """The tokens of a folded text, in the order of their positions.

    >>> tokens_of("nio蔚来汽车 2020")
    ['nio', '蔚来', '来汽', '汽车', '车', '2020']
    """
    tokens: list[str] = []
    for match in _RUN.finditer(folded):
        run = match["han"]
        if run:
            tokens.extend(run[i : i + 2] for i in range(len(run)))
        else:
            tokens.append(match["word"])
    return tokens


def index_text(text: str) -> str:
    """What the index holds of a text: its tokens, with spaces between them."""
    return " ".join(tokens_of(fold(text)))


def query_of(words: str) -> str:
    """Words as a query of the index: all of them must stand on the page, each as it is written.

    A word in Latin letters is found whole; with a star at its end, whatever begins with it.

    Returns:
        The query; empty when there is nothing to look for.

    >>> query_of("三个字 battery*")
    '"三个 个字" AND "battery" *'
    """
    parts = [_phrase(word) for word in fold(words).split()]
    return " AND ".join(part for part in parts if part)


def plain_words(words: str) -> tuple[str, ...]:
    """The words of a query, folded; those with marks inside must be compared with the text itself."""
    return tuple(word for word in fold(words).split() if tokens_of(word))


def has_marks(word: str) -> bool:
    """Whether a folded word holds marks that the index does not keep, such as ``3.5`` or ``r&d``."""
    return "".join(match.group() for match in _RUN.finditer(word)) != word.rstrip("*")


def _phrase(word: str) -> str:
    tokens = tokens_of(word)
    if not tokens:
        return ""
    if HAN.match(tokens[-1]) and len(tokens) > 1 and len(tokens[-2]) == 2 and tokens[-2][1:] == tokens[-1]:
        tokens.pop()  # its pair says it, and says what precedes it
        prefix = ""
    else:
        prefix = " *" if HAN.search(word) or word.endswith("*") else ""
    return f'"{" ".join(tokens)}"{prefix}'
