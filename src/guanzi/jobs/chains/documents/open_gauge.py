"""The gauge of openness: how many suppliers are captive, and how many survive without the anchor, as intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import say
from guanzi.render import LIGHT, Canvas, Measurement, Words, drawn_picture, localise, localise_quantity, wrapped
from guanzi.study.chains import ClusterOpenness

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture


@dataclass(frozen=True, slots=True)
class GaugeBar:
    """A part of the suppliers, or of the value, between what is known and what may be.

    Attributes:
        middle: Where it is by the model of unknown shares, in the middle of its draws.
        halved: Half is a threshold.
    """

    name: str
    span: tuple[float, float]
    colour: str
    middle: float | None = None
    halved: bool = False


@dataclass(frozen=True, slots=True)
class GaugeDrawing:
    """Bars that are full as far as something is known, and hatched as far as it may be."""

    found: ClusterOpenness
    finding: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return drawn_picture(lambda width: _drawn(self.found, lang, width), localise(self.finding, lang))


def between(
    span: tuple[float, float], middle: float | None = None, unit: str = "ratio", sample: Message | None = None
) -> Measurement:
    """Both ends between which a part lies, or the one number that they are; with a middle, its 90 % interval."""
    low, high = span
    if middle is not None:
        return Measurement(middle, unit, low, high)
    return Measurement((low + high) / 2, unit, low, high, bounds=True, sample=sample)


def gauge_bars(found: ClusterOpenness) -> Iterator[GaugeBar]:
    """What can be said of a cluster and of what is left of it."""
    removal = found.removal
    yield GaugeBar("captive", found.captive, LIGHT.risk, found.model[1] if not found.decided else None, halved=True)
    yield GaugeBar("leaning", found.leaning, LIGHT.caution, halved=True)
    if removal.survive is not None and removal.model is not None:
        yield GaugeBar("survive", removal.survive, LIGHT.good, removal.model[1])
    if removal.value_after is not None:
        yield GaugeBar("value", removal.value_after, LIGHT.accent)


def _drawn(found: ClusterOpenness, lang: str, width: float) -> str:
    canvas = Canvas(width)
    left, room = 0.0, width - 2
    y = 4.0
    for bar in gauge_bars(found):
        low, high = bar.span
        part = localise_quantity(between(bar.span), lang)
        words = say("chain.gauge.bar", lang, what=say(f"chain.gauge.{bar.name}", lang), part=part)
        canvas.text(left, y + 11, words, room=width)
        y += 17
        canvas.frame(left, y, room, 12, stroke=LIGHT.rule)
        if (low, high) == (0.0, 1.0):
            canvas.text(left + room / 2, y + 10, "?", LIGHT.unknown)  # nothing is known: no bar, not even a hatched one
        elif high > low:
            canvas.hatched(left + low * room, y, (high - low) * room, 12)
        canvas.rect(left, y, low * room, 12, fill=bar.colour)
        if bar.middle is not None:
            canvas.line(left + bar.middle * room, y - 4, left + bar.middle * room, y + 16, LIGHT.ink, 1.2)
        if bar.halved:
            canvas.line(left + 0.5 * room, y - 4, left + 0.5 * room, y + 16, LIGHT.muted, 0.8)
        y += 30
    for line in wrapped(say("chain.gauge.key", lang), width):
        canvas.text(left, y + 8, line, LIGHT.muted)
        y += 14
    return canvas.svg()
