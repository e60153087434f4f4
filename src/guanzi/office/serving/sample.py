"""The sample of the demonstration: one case brought by its people to a decision, by the same actions as on pages."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from guanzi.office.actions import perform
from guanzi.office.cases.tasks import appraise
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import AppraisalRun, Person

CASE = "nio-hefei-2020"
PATHS = 400
"""Few: it is shown at once, and anybody can ask for more."""
SEATS = {
    "zhao": "analyst",
    "sun": "analyst",
    "qian": "expert",
    "he": "expert",
    "zhou": "chair",
    "wu": "member",
    "zheng": "member",
    "wang": "member",
    "feng": "member",
    "chen": "member",
    "yang": "manager",
}
QUESTION = {
    "panel": "committee",
    "question": "deliveries-2022",
    "text": "How many vehicles will the company deliver in 2022, if the money goes in as proposed?",
    "text_zh": "如按方案出资，公司2022年将交付多少辆车？",
    "unit": "vehicles",
    "scale": "log",
    "least": 1,
}
JUDGEMENTS = {
    "qian": (25_000, 60_000, 130_000, "The plant is built for more; what binds is demand at this price."),
    "he": (15_000, 45_000, 110_000, "Battery supply and cash decide, and both are thin until the closing."),
}
RECUSED = "feng"
VOTES = {
    "zhou": ("back_with_conditions", "Later money waits for steps of the company."),
    "wu": ("back_with_conditions", "The put holds only while the company can pay: bind the money to steps instead."),
    "zheng": ("back_with_conditions", "The cluster is here already; its suppliers stay open to others."),
    "wang": ("decline", "Cash lasts for two months, and the obligor of the put is the company itself."),
    "chen": ("back_with_conditions", "I follow the finance work-stream, with its conditions."),
}


def play() -> None:
    """Bring the case to a decision; the words are invented, like the people."""
    people = {person.username: person for person in Person.objects.select_related("organisation")}
    numbers = itertools.count()

    def do(who: str, action: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        return perform(people[who], action, {"case": CASE, **asked}, f"sample-{next(numbers)}").answer

    for name, part in SEATS.items():
        do("lin", "case.give_seat", {"person": name, "part": part})
    for rule, owner in zip(workflow().streams, itertools.cycle(("zhao", "sun")), strict=False):
        do("lin", "streams.assign", {"stream": rule.id, "person": owner})
        do(owner, "streams.begin", {"stream": rule.id})
        opinion = "Read and found sound on what is known; open questions stand in the plan."
        do(owner, "streams.sign", {"stream": rule.id, "version": 1, "opinion": opinion})
    for stage in ("opened", "examining"):
        do("lin", "case.advance", {"stage": stage})
    do("lin", "panel.ask", QUESTION)
    about = {name: QUESTION[name] for name in ("panel", "question")}
    for name, (low, mode, high, reason) in JUDGEMENTS.items():
        do(name, "panel.judge", {**about, "low": low, "mode": mode, "high": high, "reason": reason})
    do("lin", "panel.close", {"panel": QUESTION["panel"]})
    for name in VOTES:
        do(name, "interest.declare", {"has_interest": False})
    do(RECUSED, "interest.declare", {"has_interest": True, "words": "A relative works for a supplier of the company."})
    run = do("lin", "appraisal.ask", {"paths": PATHS})["appraisal"]
    AppraisalRun.objects.filter(pk=run, state="failed").update(state="queued", problem=None)  # it was killed in it
    appraise.func(run)
    do("lin", "case.advance", {"stage": "judging"})
    sitting = do("zhou", "vote.open", {"appraisal": run})["sitting"]
    for name, (vote, reason) in VOTES.items():
        do(name, "vote.cast", {"sitting": sitting, "vote": vote, "reason": reason})
    do("zhou", "vote.close", {"sitting": sitting, "reasons": "Backed by four of five, on conditions; one dissents."})
