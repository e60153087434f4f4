"""The map of a chain: every link with its state, its share of cost as an interval, and who makes it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from guanzi.base.core import Message, render
from guanzi.intake.chains import ChainView
from guanzi.jobs.chains.documents.chain_tables import maker_names
from guanzi.jobs.shared.documents.words import say
from guanzi.render import LIGHT, Canvas, Words, drawn_picture, folded, joint, localise, number
from guanzi.study.chains import GRADES, LinkGap

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture

_ROW, _MARK, _INDENT = 19.0, 12.0, 14.0
_MOST = 0.5
"""Share of cost at the end of the axis."""


@dataclass(frozen=True, slots=True)
class ChainMapDrawing:
    """The tree of the links with their states, shares of cost, and who fills each.

    Attributes:
        invited: By component, the firms of the list that could come to make it.
    """

    view: ChainView
    gaps: tuple[LinkGap, ...]
    finding: Words
    invited: Mapping[str, tuple[Words, ...]] = MappingProxyType({})

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return drawn_picture(lambda width: _drawn(self, lang, width), localise(self.finding, lang))


def grade_mark(canvas: Canvas, grade: str, x: float, y: float, side: float = _MARK) -> None:
    """The sign of a state: full, dashed, crossed or a question mark; never colour alone."""
    if grade == "present":
        canvas.rect(x, y, side, side, fill=LIGHT.good)
    elif grade == "planned":
        canvas.frame(x, y, side, side, stroke=LIGHT.caution, dashed=True)
    elif grade == "missing":
        canvas.frame(x, y, side, side, stroke=LIGHT.risk)
        canvas.line(x + 2, y + 2, x + side - 2, y + side - 2, LIGHT.risk, 1.6)
        canvas.line(x + 2, y + side - 2, x + side - 2, y + 2, LIGHT.risk, 1.6)
    else:
        canvas.unknown(x, y, side, side)


def _filling(drawing: ChainMapDrawing, gap: LinkGap, lang: str) -> list[str]:
    """Who makes a link there; where nobody is known to, whom the list invites."""
    makers = [localise(name, lang) for name in maker_names(drawing.view, gap.link)]
    if makers or gap.link.grade == "present":
        return makers
    invited = drawing.invited.get(gap.link.component.id, ())
    return [say("chain.invite", lang, firm=localise(firm, lang)) for firm in invited]


def _drawn(drawing: ChainMapDrawing, lang: str, width: float) -> str:
    wide, view = width > 500, drawing.view
    canvas = Canvas(width)
    name = 250.0 if wide else 190.0
    axis, most = (300.0, 140.0) if wide else (215.0, 110.0)
    x = 0.0
    for grade in GRADES:
        label = render(Message.of(f"chains.grade.{grade}"), lang)
        grade_mark(canvas, grade, x, 2)
        canvas.text(x + _MARK + 5, 12, label, LIGHT.muted)
        x += (130 if wide else 84) if lang == "en" else 100 if wide else 86
    y = 34.0
    canvas.text(axis, y, say("chain.axis.share", lang), LIGHT.muted, room=width - axis)
    if wide:
        canvas.text(475, y, say("chain.axis.makers", lang), LIGHT.muted)
    y += 8
    top = y
    scale = most / _MOST
    ends: list[tuple[float, float]] = []
    for gap in drawing.gaps:
        id = gap.link.component.id
        depth = view.depth_of(id)
        indent = depth * (_INDENT if wide else 9.0)
        lines = folded(_filling(drawing, gap, lang), width - 475, joint("item", lang)) if wide else []
        grade_mark(canvas, gap.link.grade, indent, y + 3)
        title = gap.link.component.name.localised(lang)
        canvas.text(indent + _MARK + 6, y + 13, title, room=name - indent, strong=depth == 0)
        if depth:
            if gap.share.stated:
                low, high = (min(v, _MOST) * scale for v in (gap.share.low, gap.share.high))
                canvas.rect(axis + low, y + 5, max(high - low, 2.5), 8, fill=LIGHT.accent, opacity=0.85)
            elif gap.share.high < _MOST:
                ends.append((y + 9, gap.share.high * scale))
            else:  # a line across the whole axis would look as if something were known
                canvas.text(axis + 3, y + 13, "?", LIGHT.muted)
        for i, line in enumerate(lines):
            canvas.text(475, y + 13 + i * 13, line, LIGHT.muted, room=width - 475)
        y += max(_ROW, 6 + 13 * len(lines))
    for value in (0.0, _MOST / 2, _MOST):
        canvas.line(axis + value * scale, top, axis + value * scale, y, LIGHT.rule, 0.6)
        canvas.text(
            axis + value * scale,
            y + 13,
            say("unit.percent", lang, number=number(100 * value, 0)),
            LIGHT.muted,
            anchor="middle",
        )
    for at, end in ends:
        canvas.line(axis, at, axis + end, at, LIGHT.unknown, 0.8)
    return canvas.svg()
