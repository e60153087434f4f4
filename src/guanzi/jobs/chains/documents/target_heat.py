"""The heat map of targets: how each stands by each criterion, and how often it is among the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.base.core import Message, render
from guanzi.intake.chains import ChainView
from guanzi.jobs.chains.documents.chain_tables import target_name
from guanzi.jobs.shared.documents.words import say
from guanzi.render import LIGHT, Canvas, Words, drawn_picture, fit_words, localise
from guanzi.study.chains import Target

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture

_ROW = 24.0


@dataclass(frozen=True, slots=True)
class HeatDrawing:
    """Targets by criterion, with a bar for how often each is among the first ``top``."""

    view: ChainView
    targets: tuple[Target, ...]
    top: int
    finding: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""

        def draw(width: float) -> str:
            return (_wide if width > 500 else _narrow)(self.view, self.targets, self.top, lang)

        return drawn_picture(draw, localise(self.finding, lang))


def _wide(view: ChainView, targets: Sequence[Target], k: int, lang: str) -> str:
    canvas, names = Canvas(790.0), list(targets[0].scores)
    left, cell = 230.0, 44.0
    bar = left + cell * len(names) + 18
    for i, name in enumerate(names):
        words = say(f"chain.short.{name}", lang)
        canvas.text(left + cell * (i + 0.5), 12 + 13 * (i % 2), words, LIGHT.muted, anchor="middle", room=cell * 1.9)
    canvas.text(bar, 25, say("chain.axis.top", lang, k=k), LIGHT.muted, room=790 - bar)
    y = 34.0
    for target in targets:
        canvas.text(0, y + 15, render(target_name(view, target), lang), room=left - 8)
        _cells(canvas, target, names, left, y, cell)
        _bar(canvas, target.top[k], bar, y, 790 - bar - 44)
        y += _ROW
    _key(canvas, y + 8, lang)
    return canvas.svg()


def _narrow(view: ChainView, targets: Sequence[Target], k: int, lang: str) -> str:
    canvas, names = Canvas(340.0), list(targets[0].scores)
    cell = 28.0
    canvas.text(0, 12, fit_words(say("chain.axis.narrow", lang, k=k), 340), LIGHT.muted)
    y = 20.0
    for target in targets:
        canvas.text(0, y + 13, render(target_name(view, target), lang), room=340)
        _cells(canvas, target, names, 0, y + 16, cell, 14)
        _bar(canvas, target.top[k], cell * len(names) + 8, y + 12, 340 - cell * len(names) - 50)
        y += 38
    for i, name in enumerate(names):
        canvas.text(
            0,
            y + 14 + 14 * i,
            say("chain.column_is", lang, n=i + 1, name=say(f"chain.short.{name}", lang)),
            LIGHT.muted,
        )
    _key(canvas, y + 18 + 14 * len(names), lang)
    return canvas.svg()


def _cells(
    canvas: Canvas, target: Target, names: Sequence[str], x: float, y: float, cell: float, height: float = 18
) -> None:
    for i, name in enumerate(names):
        at = x + cell * i
        if name in target.candidate.unknown:
            canvas.unknown(at + 1, y + 2, cell - 3, height)
        else:
            canvas.rect(at + 1, y + 2, cell - 3, height, fill=LIGHT.accent, opacity=0.08 + 0.92 * target.scores[name])


def _bar(canvas: Canvas, value: float, x: float, y: float, room: float) -> None:
    canvas.frame(x, y + 6, room, 10, stroke=LIGHT.rule)
    canvas.rect(x, y + 6, room * value, 10, fill=LIGHT.first)
    canvas.text(x + room + 5, y + 15, f"{100 * value:.0f}%")


def _key(canvas: Canvas, y: float, lang: str) -> None:
    for i in range(4):
        canvas.rect(16.0 * i, y, 14, 10, fill=LIGHT.accent, opacity=0.08 + 0.92 * i / 3)
    canvas.text(70, y + 9, say("chain.key.heat", lang), LIGHT.muted, room=canvas.width - 70)
    canvas.unknown(0, y + 16, 14, 10)
    canvas.text(70, y + 25, render(Message.of("chains.grade.no_evidence"), lang), LIGHT.muted)
