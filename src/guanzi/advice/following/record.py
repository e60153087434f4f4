"""A followed deal as data for JSON: the same keys for the command line, the pages and the coming interfaces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanzi.advice.following.course import HoldingAdvice
from guanzi.advice.following.debts import most_of
from guanzi.advice.following.follow import Band, Followed, FollowedSeries
from guanzi.study.forecasting import Surprise
from guanzi.study.monitoring import Attribution, Position, Stated

LEVELS = ("p5", "p25", "p50", "p75", "p95")


def position_data(stands: Position, behind: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Where the public side stands, amounts in millions of the sheet's money, with the facts behind it."""
    return {
        "paid": stands.paid,
        "returned": stands.returned,
        "outstanding": stands.outstanding,
        "share": stands.share,
        "value": stands.value,
        "proceeds": stands.proceeds,
        "break_even": stands.break_even,
        "recovering": stands.recovering,
        "left": stands.left,
        "recycled": stands.recycled,
        "paid_at_most": stands.most,
        **_realised(stands),
        "facts": {name: list(facts) for name, facts in sorted(behind.items())},
    }


def _realised(stands: Position) -> dict[str, Any]:
    came = stands.realised
    if came is None:
        return dict.fromkeys(("dpi", "tvpi", "xirr", "xirr_held"))
    spans = {
        name: None if span is None else list(span)
        for name, span in (("xirr", came.xirr), ("xirr_held", came.xirr_held))
    }
    return {"dpi": came.dpi, "tvpi": came.tvpi, **spans}


def advice_data(advice: HoldingAdvice) -> dict[str, Any]:
    """What is to be done, and the reasons."""
    reasons = [{"id": t.id, "met": t.met, "about": list(t.about)} for t in advice.triggers]
    lent = {debt.name: debt.most for debt in advice.lent}
    return {
        "course": advice.course, "owed": advice.owed, "triggers": reasons, "lent": lent, "most": most_of(advice.lent),
    }  # fmt: skip


def followed_data(found: Followed) -> dict[str, Any]:
    """What is followed, amounts in millions of the sheet's money."""
    kept, stands, waits = found.conditioned, found.position, found.waiting
    return {
        "as_of": found.as_of.isoformat(),
        "signed": found.signed.sheet.signed.isoformat(),
        "currency": found.signed.sheet.currency,
        "paths": len(kept.weights),
        "effective_paths": kept.effective,
        "refused": None if kept.refused is None else kept.refused.as_dict(),
        "series": [_series(x) for x in found.series],
        "surprises": [_surprise(found, x) for x in kept.surprises],
        "position": position_data(stands, found.behind),
        "waiting": None
        if waits is None
        else {
            "mean": waits.mean, "p5": waits.low, "p50": waits.middle, "p95": waits.high,
            "better": waits.better, "now": waits.now,
        },
        **advice_data(found.advice),
        "outcome": [_outcome(x) for x in found.outcome],
    }  # fmt: skip


def _series(found: FollowedSeries) -> dict[str, Any]:
    return {
        "quantity": found.quantity,
        "periods": [str(p) for p in found.periods],
        "came": [None if c is None else c.value for c in found.came],
        "facts": [[] if c is None else list(c.facts) for c in found.came],
        "signed": [_band(b) for b in found.signed],
        "learnt": [_band(b) for b in found.learnt],
        "fresh": [_band(b) for b in found.reforecast],
    }


def _band(band: Band | None) -> dict[str, float] | None:
    return None if band is None else dict(zip(LEVELS, band, strict=True))


def _surprise(found: Followed, x: Surprise) -> dict[str, Any]:
    return {
        "quantity": x.actual.quantity,
        "period": str(found.signed.period(x.actual.step)),
        "below": x.below,
        "chance": x.chance,
        "effective_paths": x.effective,
        "facts": list(x.actual.facts),
    }


def _outcome(x: Attribution) -> dict[str, Any]:
    return {
        "quantity": x.quantity,
        "period": str(x.period),
        "came": _stated(x.came),
        "part": _stated(x.part),
        "months": x.months,
        "promised": _stated(x.promised),
        "kept": x.kept,
        "without": x.without,
        "effect": x.effect,
        "claim": x.claim,
    }


def _stated(x: Stated | None) -> dict[str, Any] | None:
    return None if x is None else {"value": x.value, "facts": list(x.facts)}
