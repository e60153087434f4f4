"""The space of industries: near to one another where the same regions hold both; and what a region is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.stats import rankdata

from guanzi.base.core import Message, localised, render
from guanzi.render import LIGHT, SIZE, Canvas, Picture, Words, length, localise
from guanzi.study.tracks import FIRST, RegionScan

type Floats = NDArray[np.float64]

MOST = 250
"""Industries that are drawn: the largest."""
_ROWS = 12
_WIDE = 500


@dataclass(frozen=True, slots=True)
class SpaceDot:
    """An industry in the space; ``place`` is that on the short list, 0 where it is not on it."""

    industry: str
    held: bool
    place: int


@dataclass(frozen=True, slots=True)
class SpaceDrawing:
    """The space: held industries full, others hollow, the first of the list numbered."""

    finding: Words
    dots: tuple[SpaceDot, ...]
    proximity: NDArray[Any] = field(compare=False)

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        places, links = _layout(self.proximity)
        wide, narrow = (_draw(self.dots, places, links, size, lang) for size in ((790.0, 430.0), (340.0, 380.0)))
        return Picture(wide, narrow, localise(self.finding, lang))


def space_of(scan: RegionScan) -> SpaceDrawing:
    """The space of a scan with the first of the list, and then the largest industries."""
    totals = scan.panel.matrix(scan.forecast.origin, scan.settings.measure).sum(axis=0)
    order = np.argsort(-totals, kind="stable")
    first = {scan.panel.industry_at(row.candidate.industry): k for k, row in enumerate(scan.ranked[:FIRST], start=1)}
    keep = dict.fromkeys([*first, *(int(i) for i in order if totals[i] > 0)])
    kept = np.array(sorted(list(keep)[:MOST]), dtype=np.int64)
    held = scan.found.presence[scan.panel.region_at(scan.region)]
    dots = tuple(SpaceDot(scan.panel.industries[i], bool(held[i]), first.get(int(i), 0)) for i in kept)
    finding = Message.of("scan.see.space", drawn=len(dots), of=len(scan.panel.industries), most=MOST)
    return SpaceDrawing(finding, dots, scan.found.proximity[np.ix_(kept, kept)])


def _layout(proximity: NDArray[Any]) -> tuple[Floats, list[tuple[int, int]]]:
    """Places from 0 to 1 by the second and third vector of the walk along proximities, spread evenly; and links."""
    near = np.nan_to_num(np.asarray(proximity, dtype=np.float64)).copy()
    np.fill_diagonal(near, 0)
    n = len(near)
    if n < 4:
        return np.column_stack([np.linspace(0, 1, n), np.full(n, 0.5)]), []
    sharp = near**2 + 1e-9
    root = 1 / np.sqrt(sharp.sum(axis=1))
    _, vectors = eigh(sharp * root[:, None] * root[None], subset_by_index=[n - 3, n - 2])
    places = np.empty((n, 2))
    for axis, vector in enumerate((vectors[:, 1], vectors[:, 0])):
        turned = vector * np.sign(vector[int(np.argmax(np.abs(vector)))])
        places[:, axis] = (rankdata((turned * root).round(12), method="ordinal") - 1) / (n - 1)
    tree = minimum_spanning_tree(np.triu(np.where(near > 0, 1.0001 - near, 0))).tocoo()
    return places, [(int(i), int(j)) for i, j in zip(tree.row, tree.col, strict=True)]


def _draw(
    dots: Sequence[SpaceDot], places: Floats, links: Sequence[tuple[int, int]], size: tuple[float, float], lang: str
) -> str:
    canvas = Canvas(size[0])
    spots = [(14 + (size[0] - 28) * x, 14 + (size[1] - 28) * y) for x, y in places]
    for i, j in links:
        canvas.line(*spots[i], *spots[j], LIGHT.rule, 1.0)
    for dot, (x, y) in zip(dots, spots, strict=True):
        canvas.dot(x, y, 6, LIGHT.accent if dot.held else LIGHT.unknown)
        if not dot.held:
            canvas.dot(x, y, 4.5, LIGHT.paper)
    for dot, (x, y) in zip(dots, spots, strict=True):
        if dot.place:
            canvas.dot(x, y, 9, LIGHT.second)
            canvas.number(x, y + 4, str(dot.place))
    if size[0] > _WIDE:
        _names(canvas, dots, spots, lang)
    foot = size[1] + 14
    for k, (id, colour) in enumerate(
        (("scan.key.held", LIGHT.accent), ("scan.key.lacking", LIGHT.unknown), ("scan.key.first", LIGHT.second))
    ):
        x = 8 + k * (size[0] - 16) / 3
        canvas.dot(x, foot, 5, colour)
        if colour == LIGHT.unknown:
            canvas.dot(x, foot, 3.5, LIGHT.paper)
        canvas.text(x + 10, foot + 4, render(Message.of(id), lang), LIGHT.muted, room=(size[0] - 16) / 3 - 14)
    return canvas.svg()


def _names(canvas: Canvas, dots: Sequence[SpaceDot], spots: Sequence[tuple[float, float]], lang: str) -> None:
    """Names of the first of the list, then of as many others as find room without lying over one another."""
    taken = []
    for dot, (x, y) in zip(dots, spots, strict=True):  # a little more than is drawn: names leave dots and numbers free
        radius = 10.0 if dot.place else 7.0
        taken.append((x - radius, y + 4, x + radius))
    for at in sorted(range(len(dots)), key=lambda at: (not dots[at].place, at)):
        (x, y), words = spots[at], localised(dots[at].industry, lang)
        tried = [
            (left, line, left + length(words)) for line in (y - 8, y + 18) for left in (x + 11, x - 11 - length(words))
        ]
        room = (spot for spot in tried if spot[0] >= 0 and spot[2] <= canvas.width)
        free = next((spot for spot in room if not any(_over(spot, other) for other in taken)), None)
        if free is None:
            continue
        taken.append(free)
        strong = bool(dots[at].place)
        canvas.text(free[0], free[1], words, LIGHT.ink if strong else LIGHT.muted, strong=strong)


def _over(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether two words, each from left to right on a line, lie over one another."""
    return abs(one[1] - other[1]) < SIZE + 2 and one[0] < other[2] and other[0] < one[2]


@dataclass(frozen=True, slots=True)
class CompositionDrawing:
    """The largest industries of a region as bars: those with a quotient of 1 and more in full colour."""

    finding: Words
    rows: tuple[tuple[str, float, float], ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return Picture(_bars(self.rows, 790.0, lang), _bars(self.rows, 340.0, lang), localise(self.finding, lang))


def _bars(composition: Sequence[tuple[str, float, float]], width: float, lang: str) -> str:
    canvas = Canvas(width)
    rows = composition[:_ROWS]
    most = max((share for _, share, _ in rows), default=1.0)
    left = 210.0 if width > _WIDE else 108.0
    for k, (industry, share, quotient) in enumerate(rows):
        y = 4 + 22.0 * k
        canvas.text(0, y + 12, localised(industry, lang), room=left - 8)
        held = quotient >= 1
        room = width - left - 120
        canvas.rect(
            left,
            y + 2,
            room * share / most,
            13,
            fill=LIGHT.accent if held else LIGHT.unknown,
            opacity=1 if held else 0.4,
        )
        words = render(Message.of("scan.bar", share=share, quotient=f"{quotient:.1f}"), lang)
        canvas.text(left + room * share / most + 6, y + 12, words, LIGHT.muted)
    return canvas.svg()
