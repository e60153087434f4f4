"""The market of the industry of a case on its day: whether the window was open, by the dated figures of its track.

It stands beside the three accounts and moves no row of the decision table: a young market says nothing of a deal.
"""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.advice.appraisal.track_data import MarketData
from guanzi.base.core import Message, without_stop
from guanzi.intake.chains import chain_names, load_chain
from guanzi.record.evidence import Fact, Track, View, label_of, track_of
from guanzi.study.technology import (
    Opening,
    Signal,
    judge_window,
    signal_words,
    window_half,
    window_open_to,
    window_verdict,
)

COLUMNS = ("evidence", "says", "figure", "publisher")


def market_of(view: View) -> MarketData | None:
    """The window of the track of the industry of a case on its day; None where the library holds no such track."""
    track = track_of(view.industry) or _supplied(view)
    if track is None:
        return None
    found = judge_window(track, view.as_of)
    known = tuple(signal for signal in found.signals if signal.facts)
    verdict = window_verdict(found)
    table = TableData(
        id="market",
        label=text(Message.of("appraisal.market.label")),
        columns=tuple(Column(label=text(Message.of(f"appraisal.market.{name}")), unit="") for name in COLUMNS),
        rows=tuple(_row(found, signal) for signal in known),
        sentence=text(verdict),
        parents=("track." + track.id,),
    )
    return MarketData(track=track.id, sentences=tuple(map(text, _sentences(found, verdict))), table=table)


def _supplied(view: View) -> Track | None:
    """The market of the product into which goes what the company makes, if a chain knows company and part."""
    chains = map(load_chain, chain_names())
    found = next((c for c in chains if view.company.id in c.firms and view.industry in c.components), None)
    return track_of(found.industries[0]) if found is not None and found.industries else None


def _sentences(found: Opening, verdict: Message) -> Iterator[Message]:
    yield verdict
    if found.curve is not None:
        yield window_half(found, found.curve.last_year)
    if not found.decided and (further := window_open_to(found)) is not None:
        yield further


def _row(found: Opening, signal: Signal) -> tuple[Text | str, ...]:
    newest = signal.facts[-1]
    source = found.track.source(newest.source)
    return (
        text(Message.of(f"scan.kind.{signal.kind}")),
        text(signal_words(signal)),
        text(_figure(newest)),
        text(Message.of("appraisal.market.source", publisher=source.publisher)),
    )


def _figure(fact: Fact) -> Message:
    kind = {"ratio": "share", "count": "count"}.get(fact.unit, "money")
    of = without_stop(fact.note) if fact.note else label_of(fact.name) or fact.name
    amount = {"currency": fact.unit.split(" ")[0]} if kind == "money" else {}
    return Message.of(f"appraisal.market.{kind}", period=str(fact.period), value=fact.number, of=of, **amount)
