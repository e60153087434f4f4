"""Text of others on a terminal: what would move the cursor, hide words or turn their order is shown, not obeyed."""

from __future__ import annotations

import re

#: Control characters but for tab and line feed; marks that turn the direction of text; lone surrogates, which stand for
#: bytes of file names that are no UTF-8; characters that part lines unseen.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def safe_text(text: str) -> str:
    r"""The text with what a terminal would obey written as its code, which in JSON still means the same character.

    >>> print(safe_text("Evil\x1b[2JMotors"))
    Evil\u001b[2JMotors
    """
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
