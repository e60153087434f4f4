"""New cases that begin with what the library holds: questions of the type of company, and facts of the city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from guanzi.base.core import CURRENCIES, Bilingual, InvalidInput, Message, Place, Problem, one_of, render
from guanzi.base.reading import wrong_value
from guanzi.intake.notes import model_of
from guanzi.record.evidence import CaseHead, city_called, facts_file, new_case
from guanzi.record.playbooks import Plan, plan_for, worded


def begin(name: str, head: CaseHead, lang: str) -> Path:
    """Make the folder of a case with the questions to its type of company and what was known of its city by its day.

    Args:
        name: Folder to make; its last part is the id of the case.
        head: What the case begins with; its model follows from the industry.
        lang: Language of the questions.

    Raises:
        InvalidInput: The name is none, or taken; industry, currency or country is no code.
    """
    if head.currency not in CURRENCIES:
        cause = wrong_value("currency", head.currency)
        raise InvalidInput(Problem(cause, Place("--currency"), one_of(head.currency, CURRENCIES)))
    model = model_of(head.industry) or head.model
    guide = tuple(_guide(plan_for(model), lang))
    target = Path(name)
    return new_case(target.parent, target.name, head=replace(_placed(head), model=model, guide=guide))


def _placed(head: CaseHead) -> CaseHead:
    """The same with what the library holds of the city, if it is one of its own."""
    city = city_called(str(head.region)) if head.region else None
    if city is None or city.country != head.country:
        return head
    known = city.known_by(head.decided or date.today())
    held = tuple(fact for fact in known.facts if fact.subject == "region")
    facts = {**head.facts, "region.yaml": facts_file(held, known.sources)} if held else head.facts
    return replace(head, region=Bilingual(city.name, city.name_zh), region_id=city.id, facts=facts)


def _guide(plan: Plan, lang: str) -> Iterator[str]:
    """The questions of a plan of due diligence, each with the facts of which any one is an answer."""
    yield ""
    yield render(Message.of("evidence.new.guide", kind=worded(plan.name)), lang)
    for question in plan.questions:
        yield f"- {render(worded(question.text), lang)} {', '.join(need.name for need in question.needs)}"
