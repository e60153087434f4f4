"""The map of a chain: every link with its state, its share of cost as an interval, and who makes it there."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.intake.chains import ChainView
from guanzi.render import LIGHT, Canvas, Picture, folded, joint
from guanzi.reports.words import say
from guanzi.study.chains import LinkGap

_ROW, _MARK, _INDENT = 19.0, 12.0, 14.0


def chain_map(view: ChainView, gaps: Sequence[LinkGap], sentence: str, lang: str) -> Picture:
    """The map in both sizes."""
    return Picture(_drawn(view, gaps, lang, 790.0), _drawn(view, gaps, lang, 340.0), sentence)


def grade_mark(canvas: Canvas, grade: str, x: float, y: float, side: float = _MARK) -> None:
    """The sign of a state: full, dashed, crossed or hatched; never colour alone."""
    if grade == "present":
        canvas.rect(x, y, side, side, fill=LIGHT.good)
    elif grade == "planned":
        canvas.frame(x, y, side, side, stroke=LIGHT.caution, dashed=True)
    elif grade == "missing":
        canvas.frame(x, y, side, side, stroke=LIGHT.risk)
        canvas.line(x + 2, y + 2, x + side - 2, y + side - 2, LIGHT.risk, 1.6)
        canvas.line(x + 2, y + side - 2, x + side - 2, y + 2, LIGHT.risk, 1.6)
    else:
        canvas.hatched(x, y, side, side)


def _drawn(view: ChainView, gaps: Sequence[LinkGap], lang: str, width: float) -> str:
    wide = width > 500
    canvas = Canvas(width)
    name = 250.0 if wide else 190.0
    axis, most = (300.0, 140.0) if wide else (215.0, 110.0)
    x = 0.0
    for grade in ("present", "planned", "missing", "no_evidence"):
        label = say(f"chain.grade.{grade}", lang)
        grade_mark(canvas, grade, x, 2)
        canvas.text(x + _MARK + 5, 12, label, LIGHT.muted)
        x += (130 if wide else 84) if lang == "en" else 100 if wide else 86
    y = 34.0
    canvas.text(axis, y, say("chain.axis.share", lang), LIGHT.muted, room=width - axis)
    if wide:
        canvas.text(475, y, say("chain.axis.makers", lang), LIGHT.muted)
    y += 8
    top = y
    scale = most / 0.5
    ends: list[tuple[float, float]] = []
    for gap in gaps:
        id = gap.link.component.id
        depth = view.depth_of(id)
        indent = depth * (_INDENT if wide else 9.0)
        firms = [view.firms[f].name.said(lang) for f in (*gap.link.suppliers, *gap.link.planned)]
        lines = folded(firms, width - 475, joint("item", lang)) if wide else []
        grade_mark(canvas, gap.link.grade, indent, y + 3)
        title = gap.link.component.name.said(lang)
        canvas.text(indent + _MARK + 6, y + 13, title, room=name - indent, strong=depth == 0)
        if depth:
            if gap.share.stated:
                low, high = (min(v, 0.5) * scale for v in (gap.share.low, gap.share.high))
                canvas.rect(axis + low, y + 5, max(high - low, 2.5), 8, fill=LIGHT.accent, opacity=0.85)
            else:
                ends.append((y + 9, min(gap.share.high, 0.5) * scale))
        for i, line in enumerate(lines):
            canvas.text(475, y + 13 + i * 13, line, LIGHT.muted, room=width - 475)
        y += max(_ROW, 6 + 13 * len(lines))
    for value in (0.0, 0.25, 0.5):
        canvas.line(axis + value * scale, top, axis + value * scale, y, LIGHT.rule, 0.6)
        canvas.text(axis + value * scale, y + 13, f"{100 * value:g}%", LIGHT.muted, anchor="middle")
    for at, end in ends:
        canvas.line(axis, at, axis + end, at, LIGHT.unknown, 0.8)
    return canvas.svg()
