"""Two deals side by side: for each measure a hollow dot for the first deal and a full one for the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.jobs.shared.documents.words import say
from guanzi.render import LIGHT, Canvas, Measurement, Words, drawn_picture, localise, localise_middle

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture

_ROW, _LABEL, _ENDS, _WIDE = 34.0, 230.0, 90.0, 500.0


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """A measure of both deals; ``better``: the second is better, worse (False), or not told apart (None)."""

    name: Words
    before: Measurement
    after: Measurement
    better: bool | None


@dataclass(frozen=True, slots=True)
class DumbbellDrawing:
    """A row for each measure, each on a scale of its own that holds zero."""

    finding: Words
    rows: tuple[Dumbbell, ...]
    before: Words
    after: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return drawn_picture(lambda width: _drawn(self, width, lang), localise(self.finding, lang))


def _drawn(drawing: DumbbellDrawing, width: float, lang: str) -> str:
    canvas, beside = Canvas(width), width > _WIDE
    left = _LABEL if beside else 0.0
    canvas.ring(left + 6, 8, 5, LIGHT.ink)
    canvas.text(left + 16, 12, localise(drawing.before, lang), LIGHT.muted)
    canvas.dot(left + 126, 8, 5, LIGHT.ink)
    canvas.text(left + 136, 12, localise(drawing.after, lang), LIGHT.muted)
    y = 26.0
    for row in drawing.rows:
        name = localise(row.name, lang)
        canvas.text(0, y + 17, name, room=left - 10 if beside else width)
        y += 0 if beside else 20
        _row(canvas, row, (left + 4, width - _ENDS), y + 13, lang)
        y += _ROW
    return canvas.svg()


def _row(canvas: Canvas, row: Dumbbell, ends: tuple[float, float], y: float, lang: str) -> None:
    values = (row.before.value or 0.0, row.after.value or 0.0)
    low, high = min(0.0, *values), max(0.0, *values)
    start, room = ends[0], ends[1] - ends[0] - 110
    a, b = (start + room * (v - low) / ((high - low) or 1.0) for v in values)
    colour = {True: LIGHT.good, False: LIGHT.risk, None: LIGHT.muted}[row.better]
    zero = start + room * (0.0 - low) / ((high - low) or 1.0)
    canvas.line(start, y, start + room, y, LIGHT.rule)
    canvas.line(zero, y - 6, zero, y + 6, LIGHT.muted)
    canvas.line(a, y, b, y, colour, 3)
    canvas.dot(a, y, 6, LIGHT.paper)
    canvas.ring(a, y, 6, colour)
    canvas.dot(b, y, 6, colour)
    told = [localise_middle(one, lang) for one in (row.before, row.after)]
    sign = {True: "✓ ", False: "✗ ", None: ""}[row.better]
    canvas.text(start + room + 14, y + 4, sign + say("structure.from_to", lang, before=told[0], after=told[1]), colour)


def finding_rows(rows: Sequence[Dumbbell]) -> tuple[int, int]:
    """How many measures are better and how many worse."""
    return sum(row.better is True for row in rows), sum(row.better is False for row in rows)
