"""Sources from bare addresses: publisher, title and day as far as an address shows them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from guanzi.base.core import Message, render, suggest_slug
from guanzi.intake.notes.mapping import tables

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/](0[1-9]|1[0-2])(?![\d])")
_ENDING = re.compile(r"\.(?:html?|shtml|aspx?|php|pdf|txt|ovb|cms)$", re.IGNORECASE)
_CODE = re.compile(r"[a-f0-9]{8,}|[A-Za-z]*\d[\w]*|id|news|article|story|html|index|page|detail|view|www|en", re.I)


@dataclass(frozen=True, slots=True)
class AddressSource:
    """A source as its address shows it.

    Attributes:
        id: Short id.
        data: Its fields, as a facts file has them.
        published: Day of publication, or the last day of the month when only that is shown; None without either.
        titled: Whether the address shows a title.
    """

    id: str
    data: dict[str, Any]
    published: date | None
    titled: bool


def source_of(address: str, lang: str) -> AddressSource:
    """The source behind an address.

    >>> found = source_of("https://technode.com/2019/12/26/chinas-tesla-to-be-acquired-by-huzhou/", "en")
    >>> found.data["publisher"], found.data["title"], found.published
    ('TechNode', 'Chinas tesla to be acquired by huzhou', datetime.date(2019, 12, 26))
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    rule = next((r for r in tables().publishers if host == r.host or host.endswith(f".{r.host}")), None)
    exact, published = _published(address)
    title = _title(parts.path)
    data: dict[str, Any] = {
        "publisher": rule.publisher if rule else host,
        "title": title or render(Message.of("evidence.notes.untitled"), lang),
    }
    if published is not None:
        data["date"] = published
    data |= {"address": address, "grade": rule.grade if rule else "C"}
    if rule is not None and rule.mirror:
        data["mirror"] = True
    unsure = [] if published is not None else ["undated"]
    unsure += ["month"] if published is not None and not exact else []
    said = [render(Message.of("evidence.notes.source_note"), lang)]
    said += [render(Message.of(f"evidence.notes.source_{kind}"), lang) for kind in unsure]
    data["note"] = " ".join(said)
    words = "-".join((title or "").split()[:3])
    year = "" if published is None else str(published.year)
    base = suggest_slug(f"{data['publisher']} {words or year}") or "source"
    return AddressSource(base[:60].strip("-"), data, published, bool(title))


def _published(address: str) -> tuple[bool, date | None]:
    for found in _DAY.finditer(address):
        try:
            return True, date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    if found_month := _MONTH.search(address):
        year, month = int(found_month[1]), int(found_month[2])
        return False, date(year, month, monthrange(year, month)[1])
    return False, None


def _title(path: str) -> str:
    """The words of the longest part of a path that reads like a title; empty when none does."""
    best: list[str] = []
    for part in unquote(path).split("/"):
        words = [w for w in re.split(r"[-_+ ]+", _ENDING.sub("", part)) if w]
        words = [w for i, w in enumerate(words) if not (_CODE.fullmatch(w) and (i in (0, len(words) - 1)))]
        if len(words) > len(best):
            best = words
    text = " ".join(best)
    numbers = sum(any(c.isdigit() for c in word) for word in best)
    return text[:1].upper() + text[1:] if len(best) - numbers >= 3 else ""
