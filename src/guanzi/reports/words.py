"""Words for what the appraisal holds as codes: work-streams, grades, names of facts, days and periods."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from guanzi.appraisal import Text
from guanzi.core import Message, Period, catalogue, render

_OWNERS = {"check": "diligence.check", "clauses": "terms.group"}


def say(id: str, lang: str, /, **params: Any) -> str:
    """A sentence of this package's catalogue; ``id`` without the domain."""
    return render({"id": f"reports.{id}", "params": params}, lang)


def tell(text: Text, lang: str) -> str:
    """A sentence of the appraisal, with true minus signs, and numbers that stay with their percent sign."""
    sentence = render(Message.from_dict(text.model_dump()), lang).strip()
    return re.sub(r"(?<=\d) %", "\u00a0%", re.sub(r"(?<![\w.,–-])-(?=\d)", "−", sentence))


def word(kind: str, code: str, lang: str) -> str:
    """The word for a code, from this catalogue or that of the package whose code it is.

    A code that no catalogue has is spelt out: names of facts and parameters are an open vocabulary.
    """
    for id in (f"reports.{kind}.{code}", f"{_OWNERS.get(kind, 'reports')}.{code}"):
        if id in catalogue(id.partition(".")[0], "en"):
            return render(Message.of(id), lang)
    text = code.replace("_", " ").replace("-", " ").replace(".", ": ")
    return text[:1].upper() + text[1:]


def day(value: date, lang: str) -> str:
    """A day in words."""
    return say("date.day", lang, day=value.isoformat())


def period(text: str, lang: str) -> str:
    """A period in words: a year, a quarter, a month or a day."""
    return say("date.period", lang, period=text)


def tick(text: str, first: bool, lang: str) -> tuple[str, ...]:
    """A period on an axis: its year stands below the first of a chart and the first of each year."""
    held = Period.parse(text)
    if held.kind == "year":
        return (text,)
    if held.kind == "quarter":
        short, opens = say("date.quarter", lang, quarter=(held.start.month + 2) // 3), held.start.month == 1
    elif held.kind == "month":
        short, opens = str(held.start.month), held.start.month == 1
    else:
        return tuple(say("date.day", lang, day=text).rsplit(" ", 1))
    return (short, str(held.start.year)) if first or opens else (short,)
