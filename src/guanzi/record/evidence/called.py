"""What people call the company, the region and the industry of a case: never by an id."""

from __future__ import annotations

from guanzi.base.core import Bilingual, Message, catalogue
from guanzi.record.evidence.view import View

_INDUSTRY = "appraisal.outside.industry."


def called(view: View, what: str) -> Bilingual | Message:
    """The name of the ``company``, ``region`` or ``industry`` of a case.

    An industry is called as its case says, else as in the catalogue, else by its id in words.
    """
    if what != "industry":
        named = view.company if what == "company" else view.region
        return Bilingual(named.name, named.name_zh)
    if view.industry_name:
        return view.industry_name
    id = f"{_INDUSTRY}{view.industry}"
    return Message.of(id) if _listed(view.industry) else Bilingual(view.industry.replace("-", " "))


def unnamed_industry(industry: str, stated: Bilingual) -> tuple[Message, Message] | None:
    """What follows from an industry that nobody names in both languages, and what to enter; None for the others."""
    if _listed(industry) or (stated.zh and stated.zh != str(stated)):
        return None
    return Message.of("evidence.industry.unnamed", industry=industry), Message.of("evidence.industry.unnamed.mend")


def _listed(industry: str) -> bool:
    return f"{_INDUSTRY}{industry}" in catalogue("appraisal", "en")
