"""The findings by work-stream as a picture: a mark for each, by what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.advice.appraisal import FindingData
from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.render import LIGHT, Canvas, drawn_picture, localise

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture

KINDS = ("risk", "asset", "gap")
_ROW, _MARK, _GAP = 20.0, 17.0, 12.0
_WIDE, _LEFT = 500.0, 190.0


@dataclass(frozen=True, slots=True)
class StreamsDrawing:
    """Work-streams one below the other, with their risks, then their assets, then their gaps."""

    findings: tuple[FindingData, ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""

        def draw(width: float) -> str:
            return _drawn(self.findings, width, lang)

        return drawn_picture(draw, localise(streams_sentence(self.findings), lang))


def streams_sentence(findings: Sequence[FindingData]) -> Message:
    """What to see: how many findings of each kind there are, and where most of the gaps lie."""
    gaps = [f.stream for f in findings if f.kind == "gap"]
    told = {f"{kind}s": sum(f.kind == kind for f in findings) for kind in KINDS}
    counted = message("chart.streams_found", n=len(findings), **told)
    if not gaps:
        return counted
    most = max(dict.fromkeys(gaps), key=gaps.count)
    where = message("chart.streams_most", stream=code_words("stream", most), n=gaps.count(most))
    return message("parts_said", parts=(counted, where))


def _drawn(findings: Sequence[FindingData], width: float, lang: str) -> str:
    canvas, beside = Canvas(width), width > _WIDE
    y = 4.0
    for stream in dict.fromkeys(f.stream for f in findings):
        canvas.text(0, y + 13, localise(code_words("stream", stream), lang), room=_LEFT - 8 if beside else width)
        y, x = (y, _LEFT) if beside else (y + 16, 0.0)
        for kind in KINDS:
            n = sum(f.kind == kind for f in findings if f.stream == stream)
            for _ in range(n):
                _MARKS[kind](canvas, x, y)
                x += _MARK
            x += _GAP * bool(n)
        y += _ROW
    for kind in KINDS:
        x = (_LEFT if beside else 0.0) + 90.0 * KINDS.index(kind)
        _MARKS[kind](canvas, x, y + 6)
        canvas.text(x + _MARK + 3, y + 19, localise(message(f"kind.{kind}"), lang), LIGHT.muted)
    return canvas.svg()


def _risk(canvas: Canvas, x: float, y: float) -> None:
    canvas.text(x + _MARK / 2, y + 14, "▲", LIGHT.risk, anchor="middle")


def _asset(canvas: Canvas, x: float, y: float) -> None:
    canvas.dot(x + _MARK / 2, y + 10, 5, LIGHT.good)


def _gap(canvas: Canvas, x: float, y: float) -> None:
    canvas.unknown(x + 1, y + 3, _MARK - 3, 14)


_MARKS: dict[str, Callable[[Canvas, float, float], None]] = {"risk": _risk, "asset": _asset, "gap": _gap}
