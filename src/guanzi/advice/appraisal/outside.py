"""The outside view in the appraisal: how bets of this kind came out that were settled by the as-of date."""

from __future__ import annotations

from guanzi.advice.appraisal.book import Estimated, FigureBook, text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.base.core import Message
from guanzi.record.evidence import View, called
from guanzi.study.precedents import ClassRate, OutsideView

PREFIX = "precedent."
"""Parents of the outside view are the bets behind it: ``precedent.<case>``."""
COLUMNS = (
    ("class", ""),
    ("bets", "count"),
    ("successes", "count"),
    ("rate", "ratio"),
    ("low", "ratio"),
    ("high", "ratio"),
)


def enter_outside(book: FigureBook, found: OutsideView) -> None:
    """The rate of the narrowest class as a figure; the bets behind it are its sample."""
    whole = found.nested[0]
    narrow = found.nested[-1]
    book.add(
        "outside.success",
        Estimated(narrow.rate, interval=(narrow.low, narrow.high)),
        "ratio",
        "derived",
        _parents(whole),
        note=Message.of("appraisal.outside.note", n=whole.n),
    )


def outside_table(view: View, found: OutsideView) -> TableData:
    """Every reference class, the nested ones first."""
    rows = tuple(_row(c, view) for c in (*found.nested, *found.beside))
    house = any(c.kind == "house" for c in found.beside)
    return TableData(
        id="outside",
        label=text(Message.of("appraisal.outside.label.house" if house else "appraisal.outside.label")),
        columns=tuple(Column(label=text(Message.of(f"appraisal.outside.{name}")), unit=unit) for name, unit in COLUMNS),
        rows=rows,
        sentence=text(outside_sentence(view, found)),
        parents=_parents(found.nested[0]),
    )


def outside_sentence(view: View, found: OutsideView) -> Message:
    """What the outside view says, with the bets behind it; that it says nothing where there are none."""
    whole, narrow = found.nested[0], found.nested[-1]
    modelled = next((c.n for c in found.nested if c.kind == "model"), 0)
    kind = "" if narrow.n else ".none" if not whole.n else ".none_alike.model" if modelled else ".none_alike"
    return Message.of(
        f"appraisal.outside.sentence{kind}",
        day=view.as_of.isoformat(),
        n=whole.n,
        successes=whole.successes,
        alike=narrow.n or modelled,
        rate=narrow.rate,
        low=narrow.low,
        high=narrow.high,
    )


def _parents(c: ClassRate) -> tuple[str, ...]:
    return tuple(f"{PREFIX}{case}" for case in c.cases) or ("precedents",)


def _row(c: ClassRate, view: View) -> tuple[Text | float, ...]:
    label = Message.of(f"appraisal.outside.class.{c.kind}", name=_name(c, view))
    return (text(label), float(c.n), c.successes, c.rate, c.low, c.high)


def _name(c: ClassRate, view: View) -> Message | str:
    if c.kind in ("model", "instrument"):
        return Message.of(f"appraisal.outside.{c.kind}.{c.name}")
    return called(view, "industry") if c.kind == "industry" else c.name
