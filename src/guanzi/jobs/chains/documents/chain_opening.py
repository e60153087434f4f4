"""The first screen of a chain in a place: what is there, what is missing, and whom to invite first."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.base.core import Message
from guanzi.intake.chains import ChainView
from guanzi.jobs.chains.documents.chain_tables import target_name
from guanzi.jobs.shared.documents.words import message
from guanzi.render import Chart, FirstScreen, KeyFigure, Measurement, NextStep, Sentence, Tone, Words
from guanzi.study.chains import LinkGap, Target


def chain_opening(
    view: ChainView, places: Sequence[Words], gaps: Sequence[LinkGap], targets: Sequence[Target], picture: Chart
) -> FirstScreen:
    """The first screen of a chain; the picture is the tree of its links, the figures are those of the place."""
    verdict, tone = _verdict(gaps)
    step = NextStep(message("chain.step.ask"), message("owner.promotion"), None)
    if targets:
        step = NextStep(
            message("chain.step.invite", target=target_name(view, targets[0])), message("owner.promotion"), None
        )
    silent = sum(gap.link.grade == "no_evidence" for gap in gaps)
    change = Sentence(message("chain.change.silent" if silent else "chain.change.none", n=silent))
    return FirstScreen(
        verdict, tone, (), picture, _figures(gaps, message("chain.names", names=tuple(places))), (change,), step
    )


def _verdict(gaps: Sequence[LinkGap]) -> tuple[Message, Tone]:
    """Whether a link is known to be missing; while any is not known, nothing is said to be whole."""
    grades = [gap.link.grade for gap in gaps]
    if missing := grades.count("missing"):
        return message("chain.verdict.missing", n=missing), "caution"
    if silent := grades.count("no_evidence"):
        return message("chain.verdict.unknown", n=silent), "unknown"
    return message("chain.verdict.whole"), "good"


def _figures(gaps: Sequence[LinkGap], of: Message) -> tuple[KeyFigure, ...]:
    """Links that are there, missing and not known, and those that one group alone makes."""
    counts = {grade: sum(gap.link.grade == grade for gap in gaps) for grade in ("present", "missing", "no_evidence")}
    counts["single"] = sum(gap.single for gap in gaps)
    return tuple(
        KeyFigure(message(f"chain.figure.{id}"), Measurement(float(n), "count"), of) for id, n in counts.items()
    )
