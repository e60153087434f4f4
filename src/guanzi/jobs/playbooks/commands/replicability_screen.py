"""Whether a city can run a playbook for a company: pillars, gaps and a development plan on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.advice.appraisal import Text
from guanzi.advice.backtest import STAGES, ActionData, CriterionData, PillarData, Replicability
from guanzi.base.core import Message, render, wrap
from guanzi.console import say
from guanzi.jobs.shared.show import WIDTH, show_wrapped
from guanzi.record.evidence import builtin_cases, case_title

FIRST_STEPS = 3
"""Steps of the plan that are told before everything else."""


def show_replicability(found: Replicability, lang: str) -> None:
    """Print the answer, the weakest pillar first, and what would close each gap."""
    show_wrapped(_print_row(found.sentence, lang), first="", indent="")
    show_wrapped(say("cli.replicate.day", lang, day=found.as_of.isoformat()), first="", indent="")
    if found.case is not None and found.case_day is not None:
        named = case_title(found.case) if found.case in builtin_cases() else found.case
        told = say("cli.replicate.case_day", lang, case=named, day=found.case_day.isoformat())
        show_wrapped(told, first="", indent="")
    for line in _short(found, lang):
        print(line)
    for pillar in found.pillars:
        print()
        for line in _pillar(pillar, lang):
            print(line)
    print("\n" + say("cli.replicate.plan", lang))
    for line in _plan(found, lang):
        print(line)
    if found.sources:
        print("\n" + say("cli.replicate.sources", lang))
        for source in found.sources:
            day = None if source.date is None else source.date.isoformat()
            words = {"grade": source.grade, "publisher": source.publisher, "title": source.title}
            show_wrapped(say("cli.playbook.source", lang, **words, day=day))


def _short(found: Replicability, lang: str) -> Iterator[str]:
    """What the city has and lacks in numbers, the first steps, and the playbook that fits the deal best."""
    counts = {kind: sum(getattr(pillar, kind) for pillar in found.pillars) for kind in ("met", "unmet", "open")}
    yield from wrap(say("cli.replicate.counts", lang, **counts, every=sum(counts.values())), WIDTH)
    if found.plan:
        yield "\n" + say("cli.replicate.steps", lang)
    for n, action in enumerate(found.plan[:FIRST_STEPS], 1):
        yield from _action(action, lang, f"  {n}. ")
    if found.fits:
        best = tuple(_print_row(fit.name, lang) for fit in found.fits if fit.best)
        told = "none" if not best else "one" if len(best) == 1 else "several"
        yield ""
        yield from wrap(say(f"cli.replicate.best.{told}", lang, playbooks=best), WIDTH)
    for fit in found.fits:
        kinds = {"met": fit.met, "broken": len(fit.broken), "open": fit.open}
        id = "cli.replicate.fit" if any(kinds.values()) else "cli.replicate.no_form"
        line = say(id, lang, name=_print_row(fit.name, lang), **kinds)
        yield from wrap(line, WIDTH, indent="      ", first="  - ")
        for rule in fit.broken:
            yield from wrap(say("cli.replicate.broken", lang, rule=_print_row(rule, lang)), WIDTH, indent="      ")


def _pillar(pillar: PillarData, lang: str) -> Iterator[str]:
    name = Message.of(f"backtest.replicate.pillar.{pillar.id}")
    head = say(
        f"cli.replicate.state.{pillar.state}",
        lang,
        pillar=name,
        met=pillar.met,
        unmet=pillar.unmet,
        open=pillar.open,
    )
    yield from wrap(head, WIDTH)
    numbers = {"least": pillar.least, "most": pillar.most, "mean": pillar.mean, "low": pillar.low, "high": pillar.high}
    told = "interval" if pillar.least < pillar.most else "point"
    yield from wrap(say(f"cli.replicate.{told}", lang, **numbers), WIDTH, indent="    ")
    for criterion in pillar.criteria:
        undecided = criterion.outcome == "no_evidence" and criterion.value is not None
        mark = say(f"cli.replicate.outcome.{'undecided' if undecided else criterion.outcome}", lang)
        yield from wrap(f"{mark} {_print_row(criterion.text, lang)}", WIDTH, indent="        ", first="    ")
        measured = _measured(criterion, lang)
        if measured:
            yield from wrap(measured, WIDTH, indent="        ")


def _measured(criterion: CriterionData, lang: str) -> str:
    if criterion.value is not None:
        kind = "least" if criterion.high is None else "range" if criterion.low != criterion.high else "value"
        unit = {"ratio": "ratio", "count": "count"}.get(criterion.unit, "money")
        numbers = {"value": criterion.value, "low": criterion.low, "high": criterion.high}
        id = "cli.replicate.least" if kind == "least" else f"cli.replicate.{kind}.{unit}"
        text = say(id, lang, **numbers)
    elif criterion.evidence:
        text = say("cli.replicate.words", lang, text=criterion.evidence[0].text)
    else:
        return ""
    grades = tuple(Message.of("cli.replicate.fact", grade=e.grade, period=e.period) for e in criterion.evidence)
    return text if not grades else say("cli.replicate.cited", lang, text=text, facts=grades)


def _plan(found: Replicability, lang: str) -> Iterator[str]:
    for n, stage in enumerate(STAGES, 1):
        yield from wrap(say(f"cli.replicate.stage.{stage}", lang, n=n), WIDTH, indent="  ")
        actions = [action for action in found.plan if action.stage == stage]
        if not actions:
            yield from wrap(say("cli.replicate.nothing", lang), WIDTH, indent="      ")
        for action in actions:
            yield from _action(action, lang, "    - ")


def _action(action: ActionData, lang: str, first: str) -> Iterator[str]:
    kind = "find_out" if action.find_out else "close"
    closes = _print_row(action.closes, lang)
    pillar = Message.of(f"backtest.replicate.pillar.{action.pillar}")
    text = say(f"cli.replicate.action.{kind}", lang, action=_print_row(action.text, lang), closes=closes, pillar=pillar)
    yield from wrap(text, WIDTH, indent="      ", first=first)


def _print_row(text: Text, lang: str) -> str:
    return render(text.model_dump(), lang)
