"""Signs between words: minus signs, spaces that hold, and what stands between sentences, clauses and items."""

from __future__ import annotations

import re
from collections.abc import Mapping

_JOINTS: Mapping[str, Mapping[str, str]] = {
    "en": {"sentence": " ", "clause": "; ", "item": ", ", "part": ", ", "colon": ": ", "stop": ".", "unit": " ({})"},
    "zh": {"sentence": "", "clause": "；", "item": "、", "part": "，", "colon": "：", "stop": "。", "unit": "（{}）"},
}
_HAN = "\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uff60"
_LOOSE = re.compile(
    rf"(?<=[{_HAN}”%])((?:</?(?:a|span|strong|cite)\b[^<>]*>)*) +(?=(?:<(?:a|span|strong|cite)\b[^<>]*>)*[{_HAN}“])"
)


def typeset(sentence: str) -> str:
    """A sentence with true minus signs, and numbers that stay with their percent sign.

    >>> typeset("-3 % of 4 %") == "−3\u00a0% of 4\u00a0%"
    True
    """
    return re.sub(r"(?<=\d) %", "\u00a0%", re.sub(r"(?<![\w.,–-])-(?=\d)", "−", sentence))


def joint(kind: str, lang: str) -> str:
    """What stands between two sentences, clauses or items, and after a heading: Chinese has its own, without spaces."""
    return _JOINTS.get(lang, _JOINTS["en"])[kind]


def closed_up(page: str, lang: str) -> str:
    """A page without the spaces that a template leaves between two sentences, which Chinese does not have."""
    return _LOOSE.sub(r"\1", page) if lang == "zh" else page


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return re.search(f"[{_HAN}]", text) is not None
