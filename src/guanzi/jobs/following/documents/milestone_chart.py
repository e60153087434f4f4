"""Milestones over time: for each the day for which it is promised, reported and verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt

from guanzi.base.core import Message, render, wrap
from guanzi.jobs.following.documents.monitor_tables import called
from guanzi.jobs.shared.documents.words import message, say
from guanzi.render import (
    LIGHT,
    Chart,
    Picture,
    Sentence,
    Size,
    Specification,
    Words,
    day_line,
    encoded,
    inline,
    instant,
    layered,
    localise,
    picture,
    time_axis,
)
from guanzi.study.monitoring import OF_MONEY, Milestone

_ROW = 46
_MARKS = (
    ("promised", "diamond", LIGHT.muted, False),
    ("reported", "circle", LIGHT.caution, False),
    ("verified", "circle", LIGHT.good, True),
)


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone with its days; None: there is none."""

    name: Words
    promised: date | None
    reported: date | None
    verified: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class MilestoneDrawing:
    """A line for each milestone that has a day."""

    rows: tuple[MilestoneRow, ...]
    as_of: date
    finding: Words

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        alternative = render(message("monitor.milestones_alternative", sentence=self.finding), lang)
        return picture(alternative, _specified(self.rows, self.as_of, lang))


def _specified(rows: Sequence[MilestoneRow], as_of: date, lang: str) -> Callable[[Size], Specification]:
    days = [day for row in rows for day in (row.promised, row.reported, row.verified) if day is not None]
    first, last = min([*days, as_of]) - timedelta(days=45), max([*days, as_of]) + timedelta(days=45)

    def build(size: Size) -> Specification:
        width, height = size.plot + size.end - 10, _ROW * len(rows)
        x = time_axis(first, last)
        scale = alt.Scale(domain=[0, len(rows)], reverse=True, nice=False)
        y = alt.Y("row:Q", scale=scale, axis=None)
        layers = [_rules(rows, x, y, first, last)]
        columns = width // 7
        for at, row in enumerate(rows):
            words = (wrap(localise(row.name, lang), columns) or [""])[0]
            text = alt.Chart(inline([{"row": at + 0.22}])).mark_text(
                align="left", color=LIGHT.risk if row.late else LIGHT.ink, fontWeight="bold" if row.late else "normal"
            )
            layers.append(encoded(text, x=alt.value(0), y=y, text=alt.value(words)))
        for stand, shape, colour, filled in _MARKS:
            points: list[dict[str, object]] = [
                {"when": instant(day), "row": at + 0.66}
                for at, row in enumerate(rows)
                if (day := getattr(row, stand)) is not None
            ]
            if points:
                mark = alt.Chart(inline(points)).mark_point(
                    shape=shape, color=colour, filled=filled, size=90, opacity=1, strokeWidth=2
                )
                layers.append(mark.encode(x=x, y=y))
        label = say("chart.as_of", lang, day=as_of.isoformat())
        layers += day_line(as_of, label, Size(size.name, size.plot, size.end, size.wrap, size.columns, height), x)
        return layered(layers, width, height)

    return build


def _rules(rows: Sequence[MilestoneRow], x: alt.X, y: alt.Y, first: date, last: date) -> alt.Chart:
    lines: list[dict[str, object]] = [
        {"when": instant(first), "end": instant(last), "row": at + 0.66} for at in range(len(rows))
    ]
    rule = alt.Chart(inline(lines)).mark_rule(color=LIGHT.rule, strokeWidth=1)
    return encoded(rule, x=x, x2="end:T", y=y)


def milestone_timeline(milestones: Sequence[Milestone], as_of: date) -> Chart | None:
    """Milestones that have a day as a picture, with how many are reached; None where none has."""
    rows = tuple(
        MilestoneRow(
            called(m),
            m.due,
            m.claims.reported.day if m.claims.reported is not None else None,
            _met_on(m),
            m.state == "late",
        )
        for m in milestones
    )
    rows = tuple(row for row in rows if row.promised or row.reported or row.verified)
    if not rows:
        return None
    finding = message("parts", parts=tuple(_reached(milestones, as_of)))
    drawing = MilestoneDrawing(rows, as_of, finding)
    title, legend = message("monitor.section.milestones"), message("monitor.legend")
    return Chart("milestones", title, Sentence(finding), drawing, legend=legend)


def _reached(milestones: Sequence[Milestone], as_of: date) -> Iterator[Message]:
    """How many milestones with a day are reached, and how many payments of the public side are known to be made."""
    dated = [m for m in milestones if m.due or m.assumed or m.claims.reported or _met_on(m)]
    for kind, some in (
        ("milestones", [m for m in dated if m.kind not in OF_MONEY]),
        ("payments", [m for m in dated if m.kind in OF_MONEY]),
    ):
        guessed = [m for m in some if m.due is None and m.assumed is not None]
        past = [m for m in guessed if m.assumed is not None and m.assumed < as_of and m.state == "open"]
        if some:
            assumed = {"guessed": len(guessed)} if guessed else {}
            yield message(
                f"monitor.{kind}_sentence.assumed" if guessed else f"monitor.{kind}_sentence",
                n=len(some),
                **assumed,
                met=sum(m.met for m in some),
                late=sum(m.state == "late" for m in some),
                untold=sum(m.state == "untold" for m in some) + len(past),
            )


def _met_on(m: Milestone) -> date | None:
    """Day on which a milestone is known to be reached, by verification or by a payment."""
    if m.claims.verified is not None:
        return m.claims.verified.day
    if m.state == "paid" and m.settled is not None:
        return m.settled.completed
    return m.implied.day if m.state == "implied" and m.implied is not None else None
