"""Characters that nobody sees, and that make two names look alike or a line read otherwise than it is written."""

from __future__ import annotations

import re
from unicodedata import category

_IGNORABLE = frozenset(
    {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0}
    | set(range(0xFE00, 0xFE10))
    | set(range(0xE0100, 0xE01F0))
)
"""Letters and marks that are drawn as nothing: the rest of Default_Ignorable_Code_Point of Unicode, and the empty
Braille cell."""
_IN_NAMES = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of Unicode: control, format (direction, zero width), surrogates, separators of lines and paragraphs."""
_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def hidden_in_name(text: str) -> str:
    r"""The first character of a name or title that nobody sees; empty: there is none.

    >>> hidden_in_name("合肥 Motors"), ascii(hidden_in_name("Evil\u202esrotoM")), ascii(hidden_in_name("An\u200bna"))
    ('', "'\\u202e'", "'\\u200b'")
    """
    if text.isascii() and text.isprintable():
        return ""
    return next((one for one in text if category(one) in _IN_NAMES or ord(one) in _IGNORABLE), "")


def hidden_in_text(text: str) -> str:
    r"""The first character of a longer text that controls a device or turns its order; lines and tabs may stand in it.

    >>> hidden_in_text("one\ntwo"), ascii(hidden_in_text("pay \u202e001")), ascii(hidden_in_text("a\0"))
    ('', "'\\u202e'", "'\\x00'")
    """
    found = _IN_TEXT.search(text)
    return "" if found is None else found.group()


def surrogate_in(text: str) -> str:
    """The first lone surrogate, which no encoding can write; empty: there is none."""
    found = _SURROGATE.search(text)
    return "" if found is None else found.group()
