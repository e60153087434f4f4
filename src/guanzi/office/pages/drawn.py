"""Charts and amounts of the reports on pages whose policy allows no inline style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guanzi.base.core import Message, render
from guanzi.render import Picture, format_amount

_STYLE = re.compile(r'\sstyle="[^"]*"')


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A chart as a page of the office shows it: both sizes as text, and what it shows in words."""

    wide: str
    narrow: str
    alternative: str


def drawn(picture: Picture) -> DrawnPicture:
    """A picture without inline style: the stylesheet of the office keeps it in its frame."""
    return DrawnPicture(without_style(picture.wide), without_style(picture.narrow), picture.alternative)


def without_style(markup: str) -> str:
    """Markup without inline style."""
    return _STYLE.sub("", markup)


def amount(value: float | None, currency: str, lang: str) -> str:
    """Millions of a currency as the reports write them; "unknown" where it is None."""
    if value is None:
        return render(Message.of("office.unknown"), lang)
    return format_amount(value, f"{currency} m", lang)
