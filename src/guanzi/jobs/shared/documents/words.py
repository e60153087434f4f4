"""Words for what the appraisal holds as codes: work-streams, grades, names of facts, days and periods."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from guanzi.advice.appraisal import Appraisal, CaseData, Party, Text
from guanzi.base.core import Bilingual, Message, Parameter, Period, catalogue, localised, render
from guanzi.record.evidence import View, called, label_of
from guanzi.render import Column, Words, is_chinese, typeset

NEGOTIATE = "appraisal.headline.negotiate"
_OWNERS = {
    "check": "diligence.check",
    "clauses": "terms.group",
    "column": "appraisal.column",
    "currency": "core.currency",
    "industry": "appraisal.outside.industry",
}


def say(id: str, lang: str, /, **params: Any) -> str:
    """A sentence of this package's catalogue; ``id`` without the domain."""
    return render({"id": f"reports.{id}", "params": params}, lang)


def localise_text(text: Text, lang: str) -> str:
    """A sentence of the appraisal, with true minus signs, and numbers that stay with their percent sign."""
    return typeset(render(Message.from_dict(text.model_dump()), lang).strip())


def message(id: str, /, **params: Parameter) -> Message:
    """A message of this package's catalogue; ``id`` without the domain."""
    return Message.of(f"reports.{id}", **params)


def heads(prefix: str, /, *names: str, **units: str) -> tuple[Column, ...]:
    """The columns of a table by their ids; ``prefix`` begins the ids of their heads, ``units`` are of their numbers."""
    return tuple(Column(name, message(f"{prefix}.{name}"), units.get(name, "")) for name in names)


def advice_words(appraisal: Appraisal) -> Message:
    """The advice in few words: where no sum is known there is nothing to back yet, and it is to negotiate."""
    return message(f"advice.{advice_code(appraisal)}")


def advice_code(appraisal: Appraisal) -> str:
    """The advice by the word that ends the ids of its sentences."""
    return "negotiate" if appraisal.summary.headline.id == NEGOTIATE else appraisal.advice


def no_calls(appraisal: Appraisal) -> Message:
    """Why there are no payments by year."""
    worst = appraisal.figures.get("budget.worst_planned")
    if worst is not None and worst.label.id.endswith(".let_off"):
        return message("empty.cash.let_off")
    return message("empty.cash" + (".implausible" if appraisal.implausible else ""))


def of_text(text: Text) -> Message:
    """A sentence of the appraisal as a message."""
    return Message.from_dict(text.model_dump())


def case_words(case: CaseData) -> str:
    """The title of a case; company and region in Chinese where the title has no Chinese form and they have."""
    parties = (case.company.name_zh, case.region.name_zh)
    if (isinstance(case.title, Bilingual) and case.title.zh) or is_chinese(case.title) or not all(parties):
        return case.title
    return Bilingual(str(case.title), say("page.parties", "zh", company=parties[0], region=parties[1]))


def party_words(party: Party) -> str:
    """The name of a company or a region."""
    return Bilingual(party.name, party.name_zh)


def title(case: CaseData, lang: str) -> str:
    """The title of a case in a language."""
    return localised(case_words(case), lang)


def word(kind: str, code: str, lang: str) -> str:
    """The word for a code, from this catalogue or that of the package whose code it is.

    A code that no catalogue has is spelt out: names of facts and parameters are an open vocabulary.
    """
    found = code_words(kind, code)
    return render(found, lang) if isinstance(found, Message) else localised(found, lang)


def code_words(kind: str, code: str) -> Words:
    """The word for a code as a message; one that no catalogue has is spelt out, in Chinese set as code."""
    if kind == "fact":
        label = label_of(code)
        return Bilingual(_spelt(code), f"`{code}`") if label is None else message("begin", words=label)
    owned = (f"{_OWNERS[kind]}.{code}",) if kind in _OWNERS else ()
    for id in (f"reports.{kind}.{code}", *owned):
        if id in catalogue(id.partition(".")[0], "en"):
            return Message.of(id)
    return Bilingual(_spelt(code), f"`{code}`")


def subject_words(appraisal: Appraisal, subject: str) -> Words:
    """The word for what a fact is about; a budget has the name of the party of the deal that pays from it."""
    party = f"party.{subject.replace('-', '_')}"
    return next((c.called for c in appraisal.clauses if c.called and c.id == party), code_words("subject", subject))


def member_words(views: Iterable[View], by: str, code: str) -> Words:
    """A ``company``, ``industry`` or ``region`` of many cases, by its id, as a case of it calls it."""
    held = ((getattr(view, by), view) for view in views)
    own = next(view for one, view in held if (one if by == "industry" else one.id) == code)
    words = called(own, by)
    return message("begin", words=words) if isinstance(words, Message) else words


def _spelt(code: str) -> str:
    return _capital(code.replace("_", " ").replace("-", " ").replace(".", ": "))


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


def no_exposure(appraisal: Appraisal) -> Message:
    """Why there is no picture of losses: no deal is held, its company has ended, or too little is known of it."""
    if appraisal.implausible:
        return message("empty.exposure.implausible")
    if any(finding.code == "company_ended" for finding in appraisal.findings):
        return message("empty.exposure.ended")
    return message("empty.exposure.unsimulated" if appraisal.sheet else "empty.exposure")
