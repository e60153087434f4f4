"""The flow of value: from the cost of the product to its wholes, and from there to whether the place makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.base.core import Bilingual, Message
from guanzi.intake.chains import ChainView
from guanzi.jobs.chains.documents.chain_map import grade_mark
from guanzi.jobs.shared.documents.words import say
from guanzi.render import LIGHT, Canvas, Words, drawn_picture, localise
from guanzi.study.chains import GRADES, LinkGap

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture

_HEIGHT, _SPACE, _NODE = 300.0, 10.0, 12.0
_COLOURS = {"present": LIGHT.good, "planned": LIGHT.caution, "missing": LIGHT.risk, "no_evidence": LIGHT.unknown}


@dataclass(frozen=True, slots=True)
class ValuedWhole:
    """A whole of the product: its share of the cost, and how much of that is in which state."""

    name: Bilingual
    share: float
    parts: Mapping[str, float]


def flow_of(view: ChainView, gaps: Sequence[LinkGap]) -> tuple[ValuedWhole, ...]:
    """The wholes of the product with a stated share, at the middle of the interval.

    Parts with a stated share count by their own state, since who puts a whole together need not make its parts; what
    they leave counts by the state of the whole. Shares are scaled where their middles come to more than the product.
    """
    by_id = {gap.link.component.id: gap for gap in gaps}
    found = []
    for id in view.children.get(view.root, ()):
        if by_id[id].share.stated:
            parts: dict[str, float] = dict.fromkeys(GRADES, 0.0)
            middle = _middle(by_id[id])
            _divide(view, by_id, id, middle, parts)
            found.append((view.components[id].name, middle, parts))
    scale = 1.0 / max(1.0, sum(middle for _, middle, _ in found))
    return tuple(
        ValuedWhole(name, middle * scale, {g: v * scale for g, v in parts.items()}) for name, middle, parts in found
    )


def _middle(gap: LinkGap) -> float:
    return (gap.share.low + gap.share.high) / 2


def _divide(view: ChainView, gaps: Mapping[str, LinkGap], id: str, value: float, parts: dict[str, float]) -> None:
    """Add the value of a component to the states in which its parts are."""
    left = value
    for part in view.children.get(id, ()):
        if gaps[part].share.stated:
            took = min(left, _middle(gaps[part]))
            _divide(view, gaps, part, took, parts)
            left -= took
    parts[gaps[id].link.grade] += left


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """Streams from the cost of the product to its wholes, and from there to whether the place makes them."""

    product: Bilingual
    flow: tuple[ValuedWhole, ...]
    finding: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return drawn_picture(lambda width: _drawn(self.product, self.flow, lang, width), localise(self.finding, lang))


def _drawn(product: Bilingual, flow: Sequence[ValuedWhole], lang: str, width: float) -> str:
    canvas = Canvas(width)
    wide = width > 500
    first, second, third = (0.0, width * 0.32, width * (0.72 if wide else 0.66))
    rest = 1.0 - sum(whole.share for whole in flow)
    canvas.text(first, 12, product.localised(lang), strong=True)
    canvas.rect(first, 22, _NODE, _HEIGHT, fill=LIGHT.accent)
    totals = {g: sum(whole.parts[g] for whole in flow) for g in GRADES}
    shown = [g for g in GRADES if totals[g] > 0]
    ends, y = {}, 22.0
    for grade in shown:
        height = totals[grade] * _HEIGHT
        ends[grade] = y
        if grade == "no_evidence":
            canvas.hatched(third, y, _NODE, height)
        else:
            canvas.rect(third, y, _NODE, height, fill=_COLOURS[grade])
        grade_mark(canvas, grade, third + _NODE + 6, y + 1, 10)
        label = say("chain.flow.end", lang, state=Message.of(f"chains.grade.{grade}"), share=totals[grade])
        canvas.text(third + _NODE + 20, y + 10, label, room=width - third - _NODE - 20)
        y += max(height, 14.0) + _SPACE
    left, at = 22.0, 22.0
    for whole in flow:
        height = whole.share * _HEIGHT
        canvas.band((first + _NODE, left, height), (second, at, height), LIGHT.accent)
        canvas.rect(second, at, _NODE, height, fill=LIGHT.accent)
        canvas.text(
            second + _NODE + 4,
            at + max(height / 2 + 4, 9),
            whole.name.localised(lang),
            room=third - second - 24,
        )
        inner = at
        for grade in shown:
            part = whole.parts[grade] * _HEIGHT
            if part > 0:
                canvas.band((second + _NODE, inner, part), (third, ends[grade], part), _COLOURS[grade])
                ends[grade] += part
                inner += part
        left += height
        at += max(height, 13.0) + _SPACE
    if rest > 0.005:
        canvas.hatched(first, left, _NODE, rest * _HEIGHT)
        canvas.text(
            first + _NODE + 4,
            left + rest * _HEIGHT / 2 + 4,
            say("chain.flow.rest", lang, share=rest),
            LIGHT.muted,
            room=second - 20,
        )
    return canvas.svg()
