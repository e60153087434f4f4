"""On whose word a fact rests: that of the company alone, that of its filings, or that of others."""

from __future__ import annotations

import re
from typing import Literal

from guanzi.record.evidence import Fact, Source, View

type Word = Literal["own", "filed", "others"]

FORMS = frozenset(
    ("ag", "co", "company", "corp", "corporation", "group", "holding", "holdings", "inc", "limited", "ltd", "nv", "plc")
)
"""Words of a name that say the form of a company and not which."""


def word_of(view: View, fact: Fact) -> Word:
    """Whose word a fact is.

    A filing (grade A) is given under the law; anything else that the company published is its own word, unless a source
    of another publisher states the same thing for the same period.
    """
    source = view.source(fact.source)
    if not _of_company(view, source):
        return "others"
    if source.grade == "A":
        return "filed"
    same = (f for f in view.named(fact.name, fact.subject) if f.period == fact.period)
    return "own" if all(_of_company(view, view.source(other.source)) for other in same) else "others"


def _of_company(view: View, source: Source) -> bool:
    """Whether a source bears the name of the company: one name begins with all words of the other."""
    named, publisher = _words(view.company.name), _words(str(source.publisher))
    n = min(len(named), len(publisher))
    return n > 0 and named[:n] == publisher[:n]


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", name.casefold().replace(".", "")) if word not in FORMS]
