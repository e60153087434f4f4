"""The first screen of a scan: which industries to examine first, by chance and gain."""

from __future__ import annotations

from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import message
from guanzi.render import MOST_FIGURES, Chart, FirstScreen, KeyFigure, Measurement, NextStep, Sentence, Tone
from guanzi.study.tracks import FIRST, RegionScan, answers


def scan_opening(scan: RegionScan, picture: Chart | Sentence) -> FirstScreen:
    """The first screen of what a region could enter next; the picture sets chance against gain."""
    chosen = scan.recommendations[:MOST_FIGURES]
    years, owner = scan.forecast.horizon, message("owner.analyst")
    if not chosen:
        step = NextStep(Message.of("scan.step.none"), owner, None)
        none = (Sentence(Message.of("scan.change.none")),)
        return FirstScreen(Message.of("scan.verdict.none"), "unknown", (), picture, (), none, step)
    tone: Tone = "caution"
    figures = tuple(
        KeyFigure(
            Message.of("scan.figure.chance", industry=c.industry, years=years),
            Measurement(c.probability, "ratio", c.low, c.high),
            scan.region,
        )
        for c in (one.ranked.candidate for one in chosen)
    )
    change = tuple(Sentence(words) for words in answers(scan, chosen[0])["change"])
    step = NextStep(Message.of("scan.step.examine", industry=chosen[0].ranked.candidate.industry), owner, None)
    verdict = Message.of("scan.verdict.some", n=min(len(scan.recommendations), FIRST))
    return FirstScreen(verdict, tone, (), picture, figures, change, step)
