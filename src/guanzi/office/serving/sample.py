"""The sample of the demonstration: one case brought by its people to a decision, a payment and a broken covenant.

It is done by the same actions as on pages. People and their words are invented, and so are the one document and the
figures that come after signing; each of them says so.
"""

from __future__ import annotations

import itertools
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from guanzi.office.actions import perform
from guanzi.office.cases.demanded import conditions_of
from guanzi.office.cases.tasks import appraise
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import AppraisalRun, OfficeCase, Person, Sitting

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
AGAIN = {
    "qian": (25_000, 55_000, 120_000, "The other answer is right that cash binds before the plant does."),
    "he": (15_000, 50_000, 115_000, "I had counted the battery supply too low."),
}
"""The second round, once both had seen the answers of the first without names."""
RECUSED = "feng"
VOTES = {
    "zhou": ("back_with_conditions", "Later money waits for steps of the company."),
    "wu": ("back_with_conditions", "The put holds only while the company can pay: bind the money to steps instead."),
    "zheng": ("back_with_conditions", "The cluster is here already; its suppliers stay open to others."),
    "wang": ("decline", "Cash lasts for two months, and the obligor of the put is the company itself."),
    "chen": ("back_with_conditions", "I follow the finance work-stream, with its conditions."),
}
SHEET = "terms/2020-04-29-definitive.yaml"
TITLE = "Demonstration: an invented certificate / 演示：虚构证明"
CERTIFICATE = "The conditions of the closing are met."
DOCUMENT = f"""DEMONSTRATION

This document is invented, so that a milestone can be verified and a payment released.
本文件为虚构，仅用于演示里程碑核实与款项拨付。

{CERTIFICATE}
"""
REPORTED = "Demonstration: invented, so that a payment can be seen. 演示：虚构事项，用于展示拨款。"
WAIVED = "Demonstration: signed as in 2020, without what the text lacks. 演示：按2020年原文签署，逐项豁免未满足的条件。"
INVENTED = "Demonstration: invented, so that a broken covenant can be seen. 演示：虚构数据，用于展示违反承诺。"
SHARES = (0.71, 0.58)
"""Of the founder, as first reported and as corrected; the deal asks for 60 per cent."""


def play() -> None:
    """Bring the case to a decision and on to what comes after signing; what is invented says so."""
    people = {person.username: person for person in Person.objects.select_related("organisation")}
    numbers = itertools.count()

    def do(who: str, action: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        return perform(people[who], action, {"case": CASE, **asked}, f"sample-{next(numbers)}").answer

    for name, part in SEATS.items():
        do("lin", "case.give_seat", {"person": name, "part": part})
    file = b64encode(DOCUMENT.encode()).decode()
    told = {
        "filename": "demonstration.txt",
        "title": "Demonstration: an invented certificate",
        "known_on": "2020-06-30",
    }
    held = do("zhao", "evidence.upload", {"file": file, **told})
    for rule, owner in zip(workflow().streams, itertools.cycle(("zhao", "sun")), strict=False):
        do("lin", "streams.assign", {"stream": rule.id, "person": owner})
        do(owner, "streams.begin", {"stream": rule.id})
        said = {
            "opinion": "Read what is held and found nothing against it; open questions stand in the plan.",
            "left_open": "The demonstration shows the way of a case; its facts are those of the public record.",
        }
        do(owner, "streams.sign", {"stream": rule.id, "version": held["number"], **said})
    for stage in ("opened", "examining"):
        do("lin", "case.advance", {"stage": stage})
    do("lin", "panel.ask", QUESTION)
    about = {name: QUESTION[name] for name in ("panel", "question")}
    for answers in (JUDGEMENTS, AGAIN):
        for name, (low, mode, high, reason) in answers.items():
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
    for condition in conditions_of(Sitting.objects.select_related("appraisal").get(pk=sitting)):
        do("lin", "condition.waive", {"condition": condition.id, "reason": WAIVED})
        do("xu", "condition.agree", {"condition": condition.id})
    case = OfficeCase.objects.select_related("head").get(slug=CASE)
    for name in ("lin", "xu"):
        do(name, "sheet.approve", {"path": SHEET, "sha256": case.tree[SHEET]})
    do("zhou", "deal.sign", {"path": SHEET})
    do("yang", "milestone.report", {"milestone": "closing", "reached_on": "2020-06-30", "words": REPORTED})
    proof = {"document": held["document"], "page": 1, "quote": CERTIFICATE}
    do("lin", "milestone.verify", {"milestone": "closing", **proof})
    why = "Demonstration: what the test does not know is left open. 演示：检验中未知的事项暂予搁置。"
    do("xu", "money.release", {"release": do("yang", "money.ask", {"tranche": "i1", "words": why})["release"]})
    first, then = SHARES
    quarter = last_quarter(timezone.localdate())
    do("yang", "watch.report", {"quarter": quarter, "founder_share": first, "listed": False})
    corrected = do("yang", "watch.correct", {"quarter": quarter, "founder_share": then, "why": INVENTED})
    do("lin", "watch.confirm_correction", {"correction": corrected["correction"]})


def last_quarter(day: date) -> str:
    """The last quarter that ended before a day, as ``2026Q3``."""
    year, quarter = divmod(4 * day.year + (day.month - 1) // 3 - 1, 4)
    return f"{year}Q{quarter + 1}"
