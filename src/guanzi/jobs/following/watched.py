"""What is watched of a deal as plain data, for the files and for programs that ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from guanzi.base.core import Message
from guanzi.deal.terms import Unknown, Value
from guanzi.study.monitoring import (
    CalendarEntry,
    ConditionTest,
    ConditionVerdict,
    CovenantTest,
    DemandTest,
    Examined,
    Ground,
    Headroom,
    Late,
    Milestone,
    MilestoneClaim,
    RightTest,
    Settlement,
    Sign,
    TierTest,
    Unseen,
    WarningRules,
)


def as_data(message: Message | None) -> dict[str, Any] | None:
    """A message as plain data."""
    return None if message is None else message.as_dict()


def milestone_data(milestone: Milestone) -> dict[str, Any]:
    """A milestone: what it is, by when, and what is said of it."""
    claims = milestone.claims
    return {
        "id": milestone.id,
        "kind": milestone.kind,
        "name": str(milestone.name),
        "by": milestone.by,
        "proof": str(milestone.proof),
        "due": None if milestone.due is None else milestone.due.isoformat(),
        "assumed": None if milestone.assumed is None else milestone.assumed.isoformat(),
        "condition": milestone.condition,
        "amounts": None if milestone.amounts is None else {p: value_data(v) for p, v in milestone.amounts.items()},
        "expires": None if milestone.expires is None else milestone.expires.isoformat(),
        "state": milestone.state,
        "days_past": milestone.days_past,
        "paid": None if milestone.settled is None else settlement_data(milestone.settled),
        "implied_by": None if milestone.implied is None else milestone.implied.payment,
        "promised": [_claim(c) for c in claims.promises],
        "reported": [_claim(c) for c in claims.reports],
        "verified": [_claim(c) for c in claims.proofs],
        "source": milestone.source,
    }


def settlement_data(settled: Settlement) -> dict[str, Any]:
    """What is known of the money of a payment, in the unit of the sheet."""
    return {
        "planned": settled.planned,
        "paid": settled.paid,
        "begun": None if settled.begun is None else settled.begun.isoformat(),
        "completed": None if settled.completed is None else settled.completed.isoformat(),
        "facts": list(settled.facts),
    }


def value_data(value: Value) -> Any:
    """A number, or what is known of one that was not seen."""
    return {"unknown": [value.low, value.high]} if isinstance(value, Unknown) else value


def tier_data(tier: TierTest, examined: Examined) -> dict[str, Any]:
    """A tier and whether it is in force, step by step."""
    return {
        "id": tier.id,
        "name": str(tier.name),
        "baseline": tier.baseline,
        "condition": tier.condition,
        "in_force": tier.now,
        "steps": _steps(tier.verdict, examined),
        "late": [late_data(x) for x in tier.late],
    }


def covenant_data(covenant: CovenantTest, examined: Examined, as_of: date) -> dict[str, Any]:
    """A covenant: its state, its breach, what that entitles to, and its headroom."""
    return {
        "id": covenant.id,
        "name": str(covenant.name),
        "condition": covenant.condition,
        "state": covenant.state,
        "tested": None if covenant.tested is None else covenant.tested.isoformat(),
        "failed": None if covenant.failed is None else covenant.failed.isoformat(),
        "curable": None if covenant.curable is None else covenant.curable.isoformat(),
        "breached": None if covenant.breached is None else covenant.breached.isoformat(),
        "steps": None if covenant.verdict is None else _steps(covenant.verdict, examined),
        "late": [late_data(x) for x in covenant.late],
        "entitles": as_data(covenant.entitles),
        "headroom": [headroom_data(h, as_of) for h in covenant.headroom],
        "source": covenant.source,
    }


def right_data(right: RightTest, examined: Examined, grounds: Sequence[Ground], as_of: date) -> dict[str, Any]:
    """A right: whether its condition and each of its grounds holds, and how far its limits are."""
    return {
        "id": right.id,
        "use": right.use,
        "condition": right.condition,
        "holds": right.now,
        "first": None if right.first is None else right.first.isoformat(),
        "steps": _steps(right.verdict, examined),
        "late": [late_data(x) for x in right.late],
        "grounds": [
            {"words": as_data(x.words), "holds": x.holds, "late": [late_data(one) for one in x.late]} for x in grounds
        ],
        "headroom": [headroom_data(h, as_of) for h in right.headroom],
    }


def late_data(late: Late) -> dict[str, Any]:
    """What is not known: of which day, how long it should be known, until when it was, and what the company reports."""
    known, reported = (None if day is None else day.isoformat() for day in (late.known, late.reported))
    return {
        "what": late.what, "end": late.end.isoformat(), "days_past": late.days, "known": known, "reported": reported,
    }  # fmt: skip


def headroom_data(headroom: Headroom, as_of: date) -> dict[str, Any]:
    """A limit with the figure and the room in each step, each with the day that it is about."""
    ends = [min(day, as_of).isoformat() for day in headroom.days]
    rows = zip(ends, headroom.values, headroom.tested, strict=True)
    return {
        "must_hold": as_data(headroom.words),
        "unit": headroom.unit,
        "op": headroom.op,
        "limit": headroom.limit,
        "steps": [
            {"end": end, "value": value, "room": headroom.room(t), "tested": tested}
            for t, (end, value, tested) in enumerate(rows)
        ],
    }


def sign_data(sign: Sign, rules: WarningRules) -> dict[str, Any]:
    """A sign of trouble with its facts, its threshold and who says so."""
    rule = sign.rule
    return {
        "rule": rule.id,
        "since": sign.since.isoformat(),
        "message": as_data(sign.message),
        "facts": list(sign.facts),
        "threshold": rule.threshold.model_dump(mode="json"),
        "lead_months": rule.lead_months.model_dump(mode="json"),
        "sources": [
            rules.source(id).model_dump(mode="json")
            for id in dict.fromkeys((rule.threshold.source, rule.lead_months.source))
            if id is not None
        ],
    }


def unseen_data(unseen: Unseen) -> dict[str, Any]:
    """A rule of early warning that cannot be looked at, with the newest facts that it reads."""
    lasted = None if unseen.lasted is None else unseen.lasted.isoformat()
    return {"rule": unseen.rule.id, "facts": list(unseen.facts), "lasted": lasted}


def entry_data(entry: CalendarEntry) -> dict[str, Any]:
    """An entry of the calendar."""
    return {
        "id": entry.id,
        "day": entry.day.isoformat(),
        "kind": entry.kind,
        "text": as_data(entry.text),
        "done": entry.done,
        "assumed": entry.assumed,
    }


def condition_data(test: ConditionTest) -> dict[str, Any]:
    """One condition of an instalment."""
    return {
        "id": test.id,
        "words": as_data(test.words),
        "holds": test.holds,
        "tested": test.tested.isoformat(),
        "facts": list(test.facts),
        "reported": list(test.reported),
        "late": [late_data(x) for x in test.late],
    }


def demand_data(test: DemandTest) -> dict[str, Any]:
    """One demand beside the term sheet."""
    return {
        "id": test.demand.id,
        "text": str(test.demand.text),
        "source": test.demand.source,
        "met": test.met,
        "applies": test.applies,
        "open": [as_data(m) for m in test.open],
        "facts": list(test.facts),
    }


def _claim(claim: MilestoneClaim) -> dict[str, Any]:
    return {
        "day": claim.day.isoformat(),
        "known_on": claim.known_on.isoformat(),
        "reached": claim.reached,
        "fact": claim.fact,
        "source": claim.source,
    }


def _steps(verdict: ConditionVerdict, examined: Examined) -> list[dict[str, Any]]:
    return [
        {
            "end": examined.seen.end_of(t).isoformat(),
            "holds": truth,
            "facts": list(verdict.facts[t]),
            "missing": [{"what": m.what, "end": m.end.isoformat()} for m in verdict.missing[t]],
        }
        for t, truth in enumerate(verdict.truths)
    ]
