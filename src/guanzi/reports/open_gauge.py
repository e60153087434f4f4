"""The gauge of openness: how many suppliers are captive, and how many survive without the anchor, as intervals."""

from __future__ import annotations

from guanzi.render import LIGHT, Canvas, Picture, wrapped
from guanzi.reports.words import say
from guanzi.study.chains import ClusterOpenness


def open_gauge(found: ClusterOpenness, sentence: str, lang: str) -> Picture:
    """The gauge in both sizes."""
    return Picture(_drawn(found, lang, 790.0), _drawn(found, lang, 340.0), sentence)


def _drawn(found: ClusterOpenness, lang: str, width: float) -> str:
    canvas = Canvas(width)
    left = 0.0
    room = width - 40
    removal = found.removal
    rows: list[tuple[str, tuple[float, float], float | None, str]] = [
        ("captive", found.captive, None, LIGHT.risk),
        ("leaning", found.leaning, None, LIGHT.caution),
    ]
    if removal.survive is not None and removal.even is not None:
        rows.append(("survive", removal.survive, removal.even[1], LIGHT.good))
    if removal.value_after is not None:
        rows.append(("value", removal.value_after, None, LIGHT.accent))
    y = 4.0
    for name, (low, high), middle, colour in rows:
        canvas.text(left, y + 11, say(f"chain.gauge.{name}", lang), room=width)
        y += 17
        canvas.frame(left, y, room, 12, stroke=LIGHT.rule)
        canvas.rect(left + low * room, y, (high - low) * room, 12, fill=colour, opacity=0.3)
        canvas.rect(left, y, low * room, 12, fill=colour)
        for value in (low, high):
            canvas.line(left + value * room, y - 2, left + value * room, y + 14, colour, 1.6)
        if middle is not None:
            canvas.line(left + middle * room, y - 4, left + middle * room, y + 16, LIGHT.ink, 1.2)
        canvas.text(left + room + 4, y + 10, f"{100 * high:.0f}%", LIGHT.muted)
        if name in ("captive", "leaning"):
            canvas.line(left + 0.5 * room, y - 4, left + 0.5 * room, y + 16, LIGHT.muted, 0.8)
        y += 30
    for line in wrapped(say("chain.gauge.key", lang), width):
        canvas.text(left, y + 8, line, LIGHT.muted)
        y += 14
    return canvas.svg()
