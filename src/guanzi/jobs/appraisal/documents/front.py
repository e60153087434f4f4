"""What a dossier says first: the verdict, the one picture, key figures, why, what would change it, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from guanzi.advice.appraisal import Appraisal, Reversal, Text
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.chart_tables import exposure_table, payment_table, tier_table
from guanzi.jobs.appraisal.documents.signature import SignatureDrawing
from guanzi.jobs.shared.documents.evidence import certainty
from guanzi.jobs.shared.documents.figures import deal_of, quantity_of
from guanzi.jobs.shared.documents.words import advice_code, advice_words, message, no_exposure, of_text
from guanzi.render import MOST_FIGURES, Block, Bullets, Chart, FirstScreen, KeyFigure, NextStep, Section, Sentence, Tone

TONES: Mapping[str, Tone] = {
    "back": "good",
    "back_with_conditions": "caution",
    "decline": "risk",
    "insufficient_evidence": "unknown",
}
KINDS: Mapping[str, Tone] = {"risk": "risk", "asset": "good", "gap": "unknown"}
POINTS = 3
"""Risks, assets and gaps that are read first."""
REVERSALS_SHOWN = 2
"""Findings that would change the advice, on a page that has little room."""
DEMANDS = 4
OWNERS: Mapping[str, str] = {
    "back": "committee",
    "back_with_conditions": "team",
    "negotiate": "team",
    "decline": "committee",
    "insufficient_evidence": "analyst",
}
"""Who takes the next step, by the advice."""
DECIDING: tuple[Literal["fail", "no_evidence"], ...] = ("fail", "no_evidence")
"""Outcomes of rules that decide an advice."""


def first_sections(appraisal: Appraisal, *, revealed: bool) -> Iterator[Section]:
    """What is read first."""
    happened = (Sentence(message("hindsight.revealed"), ("hindsight",), "outcome"),) if revealed else ()
    parts = (_part("why", tuple(_why(appraisal))), _part("sure", tuple(_sure(appraisal))))
    yield from opening_of(appraisal, happened, parts, tuple(_next(appraisal))).sections()


def opening_of(
    appraisal: Appraisal,
    said: tuple[Sentence, ...] = (),
    parts: tuple[Section, ...] = (),
    after: tuple[Block, ...] = (),
    *,
    brief: bool = False,
) -> FirstScreen:
    """The first screen of an appraisal, whatever the form.

    Args:
        appraisal: What it is of.
        said: What is said below the answer.
        parts: What stands between the figures and what would change the advice.
        after: What stands below the next action.
        brief: For a page that has little room: the picture is the loss on failure alone, and the first two findings
            are told that would change the advice.
    """
    summary = appraisal.summary
    answer = (
        Sentence(of_text(summary.question), tone="quiet"),
        Sentence(of_text(summary.headline), tone="strong"),
        *(Sentence(of_text(sentence)) for sentence in summary.lead),
    )
    return FirstScreen(
        advice_words(appraisal),
        TONES[appraisal.advice],
        (*answer, *said),
        signature(appraisal, alone=brief),
        key_figures(appraisal),
        reversals(appraisal)[: REVERSALS_SHOWN if brief else None],
        next_step(appraisal),
        parts,
        after,
    )


def next_step(appraisal: Appraisal) -> NextStep:
    """The next action by the advice, who takes it, and by when: the day of the decision, where that is still ahead."""
    code = advice_code(appraisal)
    day = appraisal.case.decision_date
    return NextStep(
        message(f"step.{code}", n=len(appraisal.demands)),
        message(f"owner.{OWNERS[code]}"),
        day if day >= appraisal.as_of else None,
        ("decision",),
    )


def _part(id: str, blocks: tuple[Block, ...]) -> Section:
    return Section(id, message(f"summary.{id}"), blocks, first=True, level=3)


def signature(appraisal: Appraisal, *, alone: bool = False) -> Chart | Sentence:
    """The signature picture with its data; what is missing where there is none."""
    exposure = appraisal.exposure
    if exposure is None:
        return Sentence(no_exposure(appraisal), tone="unknown")
    tables = [exposure_table(exposure)]
    tables += [tier_table(exposure)] if exposure.tiers else []
    tables += [payment_table(exposure)] if exposure.payments else []
    finding = Sentence(of_text(exposure.sentence))
    drawing = SignatureDrawing(exposure, "alone" if alone else "small")
    return Chart("signature", message("section.exposure"), finding, drawing, () if alone else tuple(tables))


def key_figures(appraisal: Appraisal) -> tuple[KeyFigure, ...]:
    """The first figures, each with the deal that it is of."""
    figures = (appraisal.figures[id] for id in appraisal.summary.figures[:MOST_FIGURES])
    return tuple(
        KeyFigure(
            of_text(f.label),
            quantity_of(f, appraisal.figures),
            deal_of(f, appraisal) or message("deal.any"),
            (f"figure:{f.id}",),
        )
        for f in figures
    )


def _why(appraisal: Appraisal) -> Iterator[Block]:
    yield Bullets(tuple(Sentence(of_text(reason)) for reason in appraisal.summary.reasons))
    risks, assets = unsaid(appraisal, appraisal.summary.risks), unsaid(appraisal, appraisal.summary.assets)
    if points := (*_findings(appraisal, risks), *_findings(appraisal, assets)):
        yield Bullets(points)


def _findings(appraisal: Appraisal, ids: list[str] | tuple[str, ...]) -> tuple[Sentence, ...]:
    findings = {finding.id: finding for finding in appraisal.findings}
    return tuple(
        Sentence(
            of_text(findings[id].text),
            (f"finding:{id}",),
            KINDS[findings[id].kind],
            name=message(f"kind.{findings[id].kind}"),
        )
        for id in ids[:POINTS]
    )


def reversals(appraisal: Appraisal) -> tuple[Sentence, ...]:
    """What would turn the advice, and into what."""
    if not appraisal.reversals:
        return (Sentence(message("empty.reversals"), tone="unknown"),)
    return tuple(Sentence(_reversal(r), _behind(r, appraisal)) for r in appraisal.reversals)


def _reversal(reversal: Reversal) -> Message:
    becomes = message("summary.becomes", advice=message(f"advice.{reversal.becomes}"))
    return message("parts_said", parts=(of_text(reversal.text), becomes))


def _behind(reversal: Reversal, appraisal: Appraisal) -> tuple[str, ...]:
    kind = "figure" if reversal.finding in appraisal.figures else "finding"
    named = (f"{kind}:{reversal.finding}",) if reversal.finding else ()
    return (*named, f"row:{reversal.row}") if reversal.row else named


def _next(appraisal: Appraisal) -> Iterator[Block]:
    demands = appraisal.demands
    first = [demand for demand in demands if demand.precedent]
    for name, some in (("precedents", first), ("others", demands[len(first) : max(DEMANDS, len(first))])):
        if first and some:
            yield Sentence(message(f"next.{name}"), tone="strong")
        if some:
            told = (Sentence(of_text(demand.text), (f"demand:{demand.id}",)) for demand in some)
            yield Bullets(tuple(told), "steps")
    if not demands:
        yield Sentence(message("empty.demands"), tone="unknown")
    decided = Counter(row.outcome for row in appraisal.rows if row.decided)
    for outcome in DECIDING:
        if n := decided[outcome]:
            yield Sentence(message(f"summary.decided.{outcome}", n=n), ("rows",), "quiet")
    if not decided:
        yield Sentence(message("summary.no_row"), ("rows",), "quiet")
    if len(demands) > max(DEMANDS, len(first)):
        yield Sentence(message("summary.all_demands", n=len(demands)), ("decision",), "quiet")


def _sure(appraisal: Appraisal) -> Iterator[Block]:
    yield Sentence(certainty(appraisal))
    leading = () if appraisal.sensitivity is None else appraisal.sensitivity.leading
    if leading:
        named = tuple(message("summary.named", label=of_text(label)) for label in leading)
        yield Sentence(message("summary.hangs_on", assumptions=named), ("sensitivity",))
    if gaps := _findings(appraisal, appraisal.summary.gaps):
        yield Bullets(gaps)


def unsaid(appraisal: Appraisal, ids: tuple[str, ...]) -> list[str]:
    """Findings that the reasons have not said already."""
    findings = {finding.id: finding for finding in appraisal.findings}
    said = [text for reason in appraisal.summary.reasons for text in (reason, *_within(reason))]
    return [id for id in ids if findings[id].text not in said]


def _within(reason: Text) -> Iterator[Text]:
    """What a reason tells of in its turn: the finding by which a rule was broken."""
    for value in reason.params.values():
        if isinstance(value, Mapping) and "id" in value:
            yield Text.model_validate(value)
