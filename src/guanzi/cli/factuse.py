"""What of the entered facts the forecast uses, and what not and why: said when a case is imported or checked."""

from __future__ import annotations

from guanzi.base.core import InvalidInput, Message, Problem, render, wrap
from guanzi.cli.speech import say
from guanzi.record.evidence import Case

WIDTH = 100


def print_fact_use(case: Case, lang: str) -> None:
    """Print how many facts the forecast and the checks use, and the others by the reason why not."""
    from guanzi.advice.appraisal import facts_used

    day = case.decision_date.isoformat()
    later = [fact.id for fact in case.facts if fact.known_on > case.decision_date]
    try:
        facts = facts_used(case)
    except InvalidInput:
        return  # the appraisal refuses with the reason; where that is a fact, the check has named it
    counts = {kind: sum(fact.used_for == kind for fact in facts) for kind in ("forecast", "check", "nothing")}
    print("\n".join(wrap(say("cli.facts.used", lang, day=day, n=len(facts), **counts), WIDTH)))
    reasons: dict[str, list[str]] = {}
    for fact in facts:
        if fact.unused is not None:
            reasons.setdefault(render(fact.unused.model_dump(), lang), []).append(fact.id)
    if later:
        reasons[render(Message.of("cli.facts.later", day=day), lang)] = later
    for reason, ids in reasons.items():
        line = say("cli.facts.unused", lang, reason=reason, facts=tuple(ids))
        print("\n".join(wrap(line, WIDTH, indent="    ", first="  ")))


def rate_problems(case: Case) -> tuple[Problem, ...]:
    """Facts that would count and whose amounts cannot be told in the currency of the case."""
    from guanzi.advice.appraisal import without_rate
    from guanzi.advice.calibration import calibrate_company
    from guanzi.engine.company import MODELS

    view = case.view(case.decision_date)
    found = list(without_rate(view))
    if case.model in MODELS and not found:
        try:
            calibrate_company(view, case.decision_date)
        except InvalidInput as error:
            found += [p for p in error.problems if p.cause.id.endswith("no_rate")]
    return tuple(case.located(found))
