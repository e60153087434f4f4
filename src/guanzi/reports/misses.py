"""A miss explained with what was there on the day: what moved the forecast, what was found, and on which facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from guanzi.advice.appraisal import FactData, FindingData
from guanzi.advice.backtest import Backtest, CaseResult
from guanzi.base.core import Message, render
from guanzi.render import exact, joint
from guanzi.reports.evidence import publisher
from guanzi.reports.words import day, period, say, tell, word

HEAVY = ("critical", "high")


@dataclass(frozen=True, slots=True)
class Rested:
    """A finding with the facts that it rests on."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """One missed case, as the page tells it.

    Attributes:
        case: Its id.
        title: Its title.
        sentence: Forecast and record.
        moved: What the outside view and each feature did to the forecast.
        risks, assets: Findings of the day.
        decided: Rows of the decision table that brought about the advice.
        gaps: Core questions without an answer, as a sentence.
    """

    case: str
    title: str
    sentence: str
    moved: tuple[str, ...]
    risks: tuple[Rested, ...]
    assets: tuple[Rested, ...]
    decided: tuple[str, ...]
    gaps: str


def title_of(result: CaseResult, lang: str) -> str:
    """The title of a case in a language."""
    return (result.replay.title_zh if lang == "zh" else "") or result.replay.title


def misses(found: Backtest, lang: str) -> tuple[Miss, ...]:
    """Every scored case whose forecast lay far from its outcome."""
    return tuple(_miss(found, r, lang) for r in found.cases if r.missed)


def _miss(found: Backtest, result: CaseResult, lang: str) -> Miss:
    appraisal = result.replay.appraisal
    facts = {fact.id: fact for fact in appraisal.facts}
    publishers = {source.id: publisher(source, lang) for source in appraisal.sources}

    def rested(findings: Sequence[FindingData]) -> tuple[Rested, ...]:
        return tuple(
            Rested(tell(f.text, lang), tuple(_fact(facts[id], publishers, lang) for id in f.facts if id in facts))
            for f in findings
        )

    risks = [f for f in appraisal.findings if f.kind == "risk" and f.severity in HEAVY]
    assets = [f for f in appraisal.findings if f.kind == "asset"]
    label = render(Message.of(f"backtest.label.{result.label}"), lang)
    gaps = sum(f.kind == "gap" for f in appraisal.findings)
    return Miss(
        case=result.replay.profile.case,
        title=title_of(result, lang),
        sentence=say("backtest.miss", lang, probability=result.probability, base=result.base_rate, label=label),
        moved=_moved(found, result, lang),
        risks=rested(risks),
        assets=rested(assets),
        decided=tuple(
            say("backtest.misses.row", lang, rule=tell(row.rule, lang), outcome=say(f"row.{row.outcome}", lang))
            for row in appraisal.rows
            if row.decided
        ),
        gaps=say("backtest.miss.gaps", lang, n=gaps, share=result.replay.answered),
    )


def _moved(found: Backtest, result: CaseResult, lang: str) -> tuple[str, ...]:
    """The log-odds in words, as factors of the odds."""
    replay = result.replay
    lines = [say("backtest.moved.outside", lang, odds=_odds(result.parts[0]))]
    for feature, part in zip(found.method.features, result.parts[1:], strict=True):
        if feature.id == "survival":
            if replay.survival is None:
                lines.append(say("backtest.moved.no_survival", lang))
                continue
            lines.append(say("backtest.moved.survival", lang, odds=_odds(part), value=replay.survival))
        else:
            lines.append(say("backtest.moved.balance", lang, odds=_odds(part), n=replay.found.balance))
    return tuple(lines)


def _odds(part: float) -> str:
    return f"{exp(part):.2f}"


def _fact(fact: FactData, publishers: dict[str, str], lang: str) -> str:
    name = word("fact", fact.name, lang)
    value = exact(fact.value, fact.unit, lang)
    when = period(fact.period, lang)
    who = joint("part", lang).join((publishers.get(fact.source, fact.source), day(fact.known_on, lang)))
    return say("backtest.fact", lang, name=name, period=when, value=value, source=who)
