"""What Vega-Lite cannot draw is laid out by us: shapes and words of an SVG in the colours of the theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from guanzi.render.theme import LIGHT

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render.drawing import Picture

WIDE_DRAWING, NARROW_DRAWING = 790.0, 340.0
"""Widths in pixels for pages and print, and for telephones."""
SIZE = 11
"""Height of letters in pixels."""
_STRIPE = 5.0


class Canvas:
    """Collects shapes; coordinates are pixels from the upper left corner."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self._shapes: list[str] = []

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        opacity: float = 1.0,
    ) -> None:
        """A filled rectangle."""
        part = f' fill-opacity="{opacity:.2f}"' if opacity < 1.0 else ""
        self._rect((x, y, width, height), f'fill="{fill}"{part} stroke="none"')

    def frame(self, x: float, y: float, width: float, height: float, stroke: str, dashed: bool = False) -> None:
        """The edge of a rectangle."""
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self._rect((x, y, width, height), f'fill="none" stroke="{stroke}"{dash}')

    def _rect(self, box: tuple[float, float, float, float], paint: str) -> None:
        x, y, width, height = box
        self._grow(y + height)
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.0):.1f}" height="{height:.1f}" {paint}/>'
        )

    def unknown(self, x: float, y: float, width: float, height: float) -> None:
        """A mark of no evidence: a pale grey rectangle with a question mark."""
        self.rect(x, y, width, height, LIGHT.unknown, opacity=0.16)
        self.text(x + width / 2, y + height / 2 + 4, "?", LIGHT.muted, anchor="middle")

    def hatched(self, x: float, y: float, width: float, height: float) -> None:
        """A length of which there is no evidence: hatched, and framed, in grey."""
        self.frame(x, y, width, height, LIGHT.unknown)
        at = -height
        while at < width:
            left, right = max(at, 0.0), min(at + height, width)
            if right > left:
                self.line(x + left, y + (left - at), x + right, y + (right - at), LIGHT.unknown, 0.6)
            at += _STRIPE

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = LIGHT.rule, width: float = 1.0) -> None:
        """A straight line."""
        self._grow(max(y1, y2))
        ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        self._shapes.append(f'<line {ends} stroke="{stroke}" stroke-width="{width:g}"/>')

    def dot(self, x: float, y: float, radius: float, fill: str, hover: str = "") -> None:
        """A full circle; ``hover`` is shown when somebody points at it."""
        self._grow(y + radius)
        shape = f'circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}"'
        self._shapes.append(f"<{shape}>{_title(hover)}</circle>" if hover else f"<{shape}/>")

    def diamond(self, x: float, y: float, radius: float, fill: str) -> None:
        """A full diamond."""
        self._grow(y + radius)
        corners = f"{x:.1f},{y - radius:.1f} {x + radius:.1f},{y:.1f} {x:.1f},{y + radius:.1f} {x - radius:.1f},{y:.1f}"
        self._shapes.append(f'<polygon points="{corners}" fill="{fill}"/>')

    def ring(self, x: float, y: float, radius: float, stroke: str, opacity: float = 0.0) -> None:
        """A circle; ``opacity`` is that of its fill."""
        self._grow(y + radius)
        fill = f'fill="{stroke}" fill-opacity="{opacity:.2f}"' if opacity else 'fill="none"'
        self._shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {fill} stroke="{stroke}"/>')

    def band(self, left: tuple[float, float, float], right: tuple[float, float, float], fill: str) -> None:
        """A stream between two edges, each (x, y of its upper end, height)."""
        (x1, y1, h1), (x2, y2, h2) = left, right
        middle = (x1 + x2) / 2
        self._grow(max(y1 + h1, y2 + h2))
        self._shapes.append(
            f'<path d="M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f} '
            f'L{x2:.1f},{y2 + h2:.1f} C{middle:.1f},{y2 + h2:.1f} {middle:.1f},{y1 + h1:.1f} {x1:.1f},{y1 + h1:.1f} Z"'
            f' fill="{fill}" fill-opacity="0.35"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        fill: str = LIGHT.ink,
        anchor: str = "start",
        room: float | None = None,
        strong: bool = False,
    ) -> None:
        """Words on a line of which ``y`` is the foot; with ``room`` they end with an ellipsis where they are longer."""
        shown = words if room is None else fit_words(words, room)
        weight = ' font-weight="600"' if strong else ""
        whole = words if shown != words else ""
        self._write(x, y, shown, f'fill="{fill}" font-size="{SIZE}" text-anchor="{anchor}"{weight}', whole)

    def name(self, x: float, y: float, words: str) -> None:
        """Words beside a mark of a map: a rim of paper keeps them legible over what lies below."""
        rim = f'stroke="{LIGHT.paper}" stroke-width="3" paint-order="stroke"'
        self._write(x, y, words, f'fill="{LIGHT.ink}" {rim} font-size="{SIZE}" text-anchor="start"')

    def number(self, x: float, y: float, words: str, size: int = SIZE) -> None:
        """The number of a mark, within it."""
        self._write(x, y, words, f'fill="{LIGHT.paper}" font-size="{size}" text-anchor="middle" font-weight="600"')

    def _write(self, x: float, y: float, shown: str, face: str, hover: str = "") -> None:
        self._grow(y + 3)
        self._shapes.append(f'<text x="{x:.1f}" y="{y:.1f}" {face}>{_title(hover)}{escape(shown)}</text>')

    def svg(self) -> str:
        """The element, as wide as asked and as high as needed."""
        head = (
            f'<svg class="drawing" viewBox="0 0 {self.width:g} {self.height + 2:g}" style="max-width:{self.width:g}px"'
        )
        return f'{head} aria-hidden="true">{"".join(self._shapes)}</svg>'

    def _grow(self, y: float) -> None:
        self.height = max(self.height, y)


def _title(words: str) -> str:
    """What a browser shows when somebody points at a shape; empty: nothing."""
    return f"<title>{escape(words)}</title>" if words else ""


def drawn_picture(draw: Callable[[float], str], alternative: str) -> Picture:
    """What is drawn for a width, in both sizes, with its alternative text."""
    from guanzi.render.drawing import Picture

    return Picture(draw(WIDE_DRAWING), draw(NARROW_DRAWING), alternative)


def length(words: str, size: int = SIZE) -> float:
    """Width of words in pixels, by a rule of thumb: Chinese characters are square, others about half as wide."""
    return sum(size * (1.0 if east_asian_width(c) in "WF" else 0.56) for c in words)


def fit_words(words: str, room: float, size: int = SIZE) -> str:
    """Words that fit into so many pixels, ended by an ellipsis where they were longer."""
    if length(words, size) <= room:
        return words
    kept = words
    while kept and length(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…" if kept else ""


def wrapped(words: str, room: float, size: int = SIZE) -> list[str]:
    """A sentence in as many lines as it needs: broken at spaces, or between Chinese characters."""
    lines = [""]
    for piece in re.findall(r"[^\s\u3000-\u9fff\uff00-\uffef]+\s*|[\u3000-\u9fff\uff00-\uffef]|\s+", words):
        if lines[-1] and length(lines[-1] + piece.rstrip(), size) > room and piece not in "，。；：、":
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def folded(words: Iterable[str], room: float, between: str, size: int = SIZE) -> list[str]:
    """Names in as many lines as they need."""
    lines: list[str] = []
    for word in words:
        if lines and length(lines[-1] + between + word, size) <= room:
            lines[-1] += between + word
        else:
            if lines:
                lines[-1] += between.rstrip()
            lines.append(word)
    return lines
