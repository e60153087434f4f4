"""A miss explained with what was there on the day: what moved the forecast, what was found, and on which facts."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from guanzi.advice.appraisal import FactData
from guanzi.advice.backtest import Backtest, CaseResult
from guanzi.base.core import Bilingual, Message
from guanzi.jobs.shared.documents.cited import stated
from guanzi.jobs.shared.documents.evidence import publisher_words
from guanzi.jobs.shared.documents.words import code_words, heads, message, of_text
from guanzi.render import Block, Bullets, Cell, Row, Section, Sentence, Table, Words

HEAVY = ("critical", "high")


def title_of(result: CaseResult) -> str:
    """The title of a case."""
    return Bilingual(result.replay.title, result.replay.title_zh)


def misses(found: Backtest) -> tuple[Section, ...]:
    """Every scored case whose forecast lay far from its outcome."""
    return tuple(
        Section(f"miss-{r.replay.profile.case}", title_of(r), tuple(_case_sentences(found, r)), level=3)
        for r in found.cases
        if r.missed
    )


def _case_sentences(found: Backtest, result: CaseResult) -> Iterator[Block]:
    """Forecast and record, what made the probability, what decided the advice, and what was found."""
    appraisal = result.replay.appraisal
    label = Message.of(f"backtest.label.{result.label}")
    came = message("backtest.miss", probability=result.probability, base=result.base_rate, label=label)
    yield Sentence(came)
    yield from _list("moved", *_moved(found, result))
    rows = (row for row in appraisal.rows if row.decided)
    decided = (
        message("backtest.misses.row", rule=of_text(row.rule), outcome=message(f"row.{row.outcome}")) for row in rows
    )
    yield from _list("decided", *decided)
    gaps = sum(f.kind == "gap" for f in appraisal.findings)
    yield Sentence(message("backtest.miss.gaps", n=gaps, share=result.replay.answered))
    facts = {fact.id: fact for fact in appraisal.facts}
    publishers = {source.id: publisher_words(source) for source in appraisal.sources}
    for name in ("risks", "assets"):
        findings = [
            f for f in appraisal.findings if name == f"{f.kind}s" and (f.kind == "asset" or f.severity in HEAVY)
        ]
        table = tuple(
            Row(Cell(of_text(f.text)), (Cell(_rested([facts[id] for id in f.facts if id in facts], publishers)),))
            for f in findings
        )
        if table:
            id, caption = f"{name}-{result.replay.profile.case}", message(f"backtest.misses.{name}")
            yield Table(id, caption, heads("backtest.head", "finding", "facts"), table)
        else:
            yield from _list(name)


def _list(name: str, *items: Message) -> Iterator[Block]:
    """A list with its name, or that there is nothing."""
    yield Sentence(message(f"backtest.misses.{name}"), tone="strong")
    yield Bullets(tuple(Sentence(words) for words in items or (message("backtest.misses.none"),)))


def _moved(found: Backtest, result: CaseResult) -> Iterator[Message]:
    """The log-odds in words, as factors of the odds."""
    replay = result.replay
    yield message("backtest.moved.outside", odds=exp(result.parts[0]))
    for feature, part in zip(found.method.features, result.parts[1:], strict=True):
        if feature.id == "balance":
            yield message("backtest.moved.balance", odds=exp(part), n=replay.found.balance)
        elif replay.survival is None:
            yield message("backtest.moved.no_survival")
        else:
            yield message("backtest.moved.survival", odds=exp(part), value=replay.survival)


def _rested(facts: list[FactData], publishers: dict[str, Words]) -> Words:
    told = tuple(
        message(
            "backtest.fact",
            name=code_words("fact", fact.name),
            period=fact.period,
            value=stated(fact),
            publisher=publishers.get(fact.source, fact.source),
            day=fact.known_on.isoformat(),
        )
        for fact in facts
    )
    return message("parts", parts=told) if told else ""
