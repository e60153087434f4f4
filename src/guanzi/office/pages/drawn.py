"""Charts and amounts of the reports on pages whose policy allows no inline style."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from guanzi.base.core import Message, render
from guanzi.reports import format_amount

_STYLE = re.compile(r'\sstyle="[^"]*"')


def drawn(picture: Any) -> Any:
    """A picture without inline style: the stylesheet of the office keeps it in its frame."""
    return replace(picture, wide=_STYLE.sub("", picture.wide), narrow=_STYLE.sub("", picture.narrow))


def amount(value: float | None, currency: str, lang: str) -> str:
    """Millions of a currency as the reports write them; "unknown" where it is None."""
    if value is None:
        return render(Message.of("office.unknown"), lang)
    return format_amount(value, f"{currency} m", lang)
