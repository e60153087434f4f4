"""How much of a plan of due diligence is answered, and by what grade of source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from guanzi.base.core import Finding
from guanzi.record.evidence import View, asked_of, flow_of, spoken
from guanzi.record.playbooks import Plan, PlanQuestion, State
from guanzi.study.diligence.check import NOTHING, Need, stale_of
from guanzi.study.diligence.objects import ASKS

type Grade = Literal["A", "B", "C", "D"]

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is held on one question.

    Attributes:
        question: The question.
        state: Whether they answer each of its parts, some, or none.
        facts: Ids of the facts that answer it, in the order of the view; none: it is open.
        words: Ids of what speaks on its subject, which counts as no answer.
        grade: Best grade of their sources, ``A`` to ``D``; empty when it is open.
    """

    question: PlanQuestion
    state: State
    facts: tuple[str, ...]
    words: tuple[str, ...]
    grade: Grade | Literal[""]


def answers(plan: Plan, view: View, findings: Iterable[Finding] = ()) -> tuple[Answer, ...]:
    """The questions of a plan with what is held on each, without those that cannot be put to the case.

    Of a question that a check asks too, and of which that check concludes nothing, no more than a part is answered; of
    one whose accounts newer ones should have replaced by the day, too.
    """
    silent = {finding.check for finding in findings if finding.id == f"{finding.check}.{NOTHING}"}
    put = (one for one in plan.questions if any(asked_of(view, need.name) for need in one.needs))
    found = ((one, _answer(one, view, not silent.isdisjoint(one.checks))) for one in put)
    return tuple(answer for one, answer in found if answer.facts or not one.asks or ASKS[one.asks](view))


def _answer(question: PlanQuestion, view: View, unsure: bool) -> Answer:
    needs = {one: Need(one.name, one.subject) for one in question.needs}
    met = question.counted(one for one, need in needs.items() if need.held(view))
    told = view.once(_answering)
    places = {place for one in met for place, subject in told.get(flow_of(one.name), ()) if needs[one].covers(subject)}
    held = [view.facts[place] for place in sorted(places)]
    grades = {view.source(fact.source).grade for fact in held}
    best = [grade for grade in GRADES if grade in grades]
    said = spoken(view, (one.name for one in question.needs if one.subject == "company"))
    ids = tuple(fact.id for fact in held)
    words, state = tuple(id for id in said if id not in ids), question.state(met)
    unsure = unsure or stale_of(view, ids) is not None
    state = "partly" if unsure and state == "answered" else state
    return Answer(question, state, ids, words, best[0] if best else "")


def _answering(view: View) -> Mapping[str, list[tuple[int, str]]]:
    """Where facts of each flow stand in the view that none corrects, and whom they are about."""
    corrected, found = {fact.supersedes for fact in view.facts}, defaultdict[str, list[tuple[int, str]]](list)
    for place, fact in enumerate(view.facts):
        if fact.id not in corrected:
            found[flow_of(fact.name)].append((place, fact.subject))
    return found
