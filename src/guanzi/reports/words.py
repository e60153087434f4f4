"""Words for what the appraisal holds as codes: work-streams, grades, names of facts, days and periods."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from guanzi.advice.appraisal import CaseData, Text
from guanzi.base.core import Message, Period, catalogue, render, said
from guanzi.record.evidence import label_of

_JOINTS: Mapping[str, Mapping[str, str]] = {
    "en": {"sentence": " ", "clause": "; ", "item": ", ", "part": ", ", "colon": ": ", "stop": ".", "unit": " ({})"},
    "zh": {"sentence": "", "clause": "；", "item": "、", "part": "，", "colon": "：", "stop": "。", "unit": "（{}）"},
}
_HAN = "\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uff60"
_LOOSE = re.compile(
    rf"(?<=[{_HAN}”%])((?:</?(?:a|span|strong|cite)\b[^<>]*>)*) +(?=(?:<(?:a|span|strong|cite)\b[^<>]*>)*[{_HAN}“])"
)
_OWNERS = {"check": "diligence.check", "clauses": "terms.group", "fact": "evidence.name"}


def say(id: str, lang: str, /, **params: Any) -> str:
    """A sentence of this package's catalogue; ``id`` without the domain."""
    return render({"id": f"reports.{id}", "params": params}, lang)


def tell(text: Text, lang: str) -> str:
    """A sentence of the appraisal, with true minus signs, and numbers that stay with their percent sign."""
    return typeset(render(Message.from_dict(text.model_dump()), lang).strip())


def typeset(sentence: str) -> str:
    """A sentence with true minus signs, and numbers that stay with their percent sign.

    >>> typeset("-3 % of 4 %") == "−3\u00a0% of 4\u00a0%"
    True
    """
    return re.sub(r"(?<=\d) %", "\u00a0%", re.sub(r"(?<![\w.,–-])-(?=\d)", "−", sentence))


def title(case: CaseData, lang: str) -> str:
    """The title of a case; in Chinese, company and region where the title has no Chinese form and they have."""
    if (told := said(case.title, lang)) != case.title:
        return told
    if lang != "zh" or re.search(f"[{_HAN}]", case.title) or not (case.company.name_zh and case.region.name_zh):
        return case.title
    return say("page.parties", lang, company=case.company.name_zh, region=case.region.name_zh)


def word(kind: str, code: str, lang: str) -> str:
    """The word for a code, from this catalogue or that of the package whose code it is.

    A code that no catalogue has is spelt out: names of facts and parameters are an open vocabulary.
    """
    owners = [f"reports.{kind}", _OWNERS.get(kind, "reports")]
    for id in (f"{owner}.{code}" for owner in owners):
        if id in catalogue(id.partition(".")[0], "en"):
            found = render(Message.of(id), lang)
            return _capital(found) if kind == "fact" else found  # names of facts stand within sentences
    if kind == "fact" and (label := label_of(code)) is not None:  # a rate of exchange
        return _capital(render(label, lang))
    text = code.replace("_", " ").replace("-", " ").replace(".", ": ")
    return _capital(text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def day(value: date, lang: str) -> str:
    """A day in words."""
    return say("date.day", lang, day=value.isoformat())


def period(text: str, lang: str) -> str:
    """A period in words: a year, a half, a quarter, a month, a day or a span of months."""
    return say("date.period", lang, period=text)


def tick(text: str, first: bool, lang: str) -> tuple[str, ...]:
    """A period on an axis: its year stands below the first of a chart and the first of each year."""
    held = Period.parse(text)
    if held.kind == "year":
        return (text,)
    if held.kind == "quarter":
        short, opens = say("date.quarter", lang, quarter=(held.start.month + 2) // 3), held.start.month == 1
    elif held.kind in ("half", "span"):
        return (period(text, lang),)
    elif held.kind == "month":
        short, opens = str(held.start.month), held.start.month == 1
    else:
        said, year = say("date.day", lang, day=text), str(held.start.year)
        return (said.partition("年")[2], year) if lang == "zh" else tuple(said.rsplit(" ", 1))
    return (short, str(held.start.year)) if first or opens else (short,)


def joint(kind: str, lang: str) -> str:
    """What stands between two sentences, clauses or items, and after a heading: Chinese has its own, without spaces."""
    return _JOINTS.get(lang, _JOINTS["en"])[kind]


def closed_up(page: str, lang: str) -> str:
    """A page without the spaces that a template leaves between two sentences, which Chinese does not have."""
    return _LOOSE.sub(r"\1", page) if lang == "zh" else page
