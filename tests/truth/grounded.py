"""Every number has a parent: what a document says stands in the appraisal, in the facts or in the term sheet.

A document may choose and order; it may not say what its study does not hold. So each sentence of a study is held to the
published data of the appraisal, and each number and day that a page words by itself to the figures, facts and clauses.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tests.truth.faults import Fault
from tests.truth.reading import Piece, Reading, within

from guanzi.base.core import Message, Period
from guanzi.render import Document, Measurement, Table

STUDIES = ("appraisal", "diligence", "fiscal", "forecasting", "playbooks", "structuring", "simulation", "tracks")
"""Parts of the catalogue whose sentences only a study makes."""
PAPERS = ("dossier", "brief", "memorandum", "minutes")
"""Documents of the appraisal."""
LABELS = re.compile(
    r"^(?:appraisal\.(?:figure|parameter|fan|table|named|kind|advice)|playbooks\.(?:code|rule|figure)|simulation\.)"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Pool:
    """What stands in data: sentences, numbers and days."""

    sentences: frozenset[str]
    numbers: frozenset[float]
    days: frozenset[str]

    def has(self, value: float) -> bool:
        """Whether a number is there, to rounding, with either sign, as itself or in percent."""
        return any(_rounded(v) in self.numbers for v in (value, -value, value * 100, value / 100, 1 - value))


def _rounded(value: float) -> float:
    return float(f"{value:.7g}") if math.isfinite(value) else value


def canonical(message: Message) -> str:
    """A message as text that compares."""
    return json.dumps(message.as_dict(), sort_keys=True, default=str)


def pool_of(*data: Any) -> Pool:
    """The sentences, numbers and days of plain data."""
    sentences, numbers, days = set(), set(), set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            if "id" in node and isinstance(node.get("params"), dict):
                sentences.add(json.dumps({"id": node["id"], "params": node["params"]}, sort_keys=True, default=str))
            for value in node.values():
                collect(value)
        elif isinstance(node, list | tuple):
            for value in node:
                collect(value)
        elif isinstance(node, date):
            days.add(node.isoformat())
        elif isinstance(node, bool) or node is None:
            return
        elif isinstance(node, int | float):
            numbers.add(_rounded(float(node)))
        elif isinstance(node, str):
            days.update(_DAY.findall(node))
            numbers.update(_rounded(float(found)) for found in re.findall(r"\d+(?:\.\d+)?", node.replace("_", "")))

    for one in data:
        collect(one)
    return Pool(frozenset(sentences), frozenset(numbers), frozenset(days))


@cache
def _empty() -> Pool:
    return Pool(frozenset(), frozenset(), frozenset())


def ungrounded(reading: Reading) -> Iterator[Fault]:
    """What documents say and no data hold."""
    view = reading.view
    plain = reading.appraisal.model_dump(mode="json", by_alias=True)
    pool = pool_of(plain, view.content())
    for piece in reading.pieces:
        if piece.document in PAPERS:
            yield from _unheard(piece, pool)
    yield from _heads(reading)
    for name, document in reading.documents.items():
        yield from _unknown_parents(reading, name, document)
        for table in document.tables():
            yield from _facts(reading, name, table)
    yield from _all_facts(reading)


def _unheard(piece: Piece, pool: Pool) -> Iterator[Fault]:
    for message in within(piece.words):
        made = message.id.partition(".")[0] in STUDIES and not LABELS.match(message.id) and message.params
        if made and canonical(message) not in pool.sentences:
            yield Fault(
                "grounded", piece.document, piece.section, message, "not in the appraisal", f"unheard:{message.id}"
            )
            return


def _heads(reading: Reading) -> Iterator[Fault]:
    """Days in the head of a document are those of the case."""
    for name, document in reading.documents.items():
        view = reading.view_of(name)
        if document.dated != view.as_of and not name.startswith(("money", "fund")):
            yield Fault("grounded", name, "head", str(document.dated), f"as of {view.as_of}", "dated")
        for words in document.under:
            for message in within(words):
                days = {value for _, value in message.params if isinstance(value, str) and _DAY.fullmatch(value)}
                known = {view.as_of.isoformat(), view.decision_date.isoformat()}
                if reading.sheet is not None:
                    known.add(reading.sheet.signed.isoformat())
                if (
                    message.id in ("reports.page.as_of", "reports.page.decision", "reports.monitor.signed")
                    and days - known
                ):
                    yield Fault("grounded", name, "head", message, f"days of the case: {sorted(known)}")


def _unknown_parents(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """What a sentence rests on exists."""
    view = reading.view_of(name)
    held = {fact.id for fact in view.facts}
    sources = {source.id for source in view.sources}
    figures = set(reading.appraisal.figures)
    places = {"fact": held, "source": sources, "figure": figures}
    rests = {(piece.section, rest) for piece in reading.pieces if piece.document == name for rest in piece.rests}
    for section, rest in sorted(rests):
        kind, _, id = rest.partition(":")
        if kind in places and id not in places[kind]:
            yield Fault("grounded", name, section, rest, "there is no such thing in the view", f"invented-{kind}")


def _facts(reading: Reading, name: str, table: Table) -> Iterator[Fault]:
    """A row of a fact says what the fact says."""
    view = reading.view_of(name)
    facts = {fact.id: fact for fact in view.facts}
    columns = [column.id for column in table.columns]
    for row in table.rows:
        if not row.id.startswith("fact:"):
            continue
        id = row.id.removeprefix("fact:")
        if id not in facts:
            yield Fault("grounded", name, table.id, row.id, "no such fact", "invented-fact")
            continue
        fact, cells = facts[id], dict(zip(columns, (row.head, *row.cells), strict=False))
        for column, held in (("period", fact.period), ("known_on", fact.known_on), ("value", fact.value)):
            if column in cells and not _says(cells[column].value, held):
                told = f"{id}.{column} = {cells[column].value}"
                yield Fault("grounded", name, table.id, told, f"the fact says {held}", f"fact-{column}")


def _says(shown: Any, held: Any) -> bool:
    """Whether a cell says a value of a fact."""
    if isinstance(shown, Measurement):
        ends = held if isinstance(held, tuple) else (held, held)
        if isinstance(held, bool) or not all(isinstance(end, int | float) for end in ends):
            return False
        middle = sum(ends) / 2
        return shown.value is not None and math.isclose(shown.value, middle, rel_tol=1e-6, abs_tol=1e-9)
    if isinstance(held, Period) and isinstance(shown, Message):
        return str(held) in [str(value) for _, value in shown.params]
    if isinstance(held, Period | date):
        return str(shown) == str(held) or (isinstance(shown, Message) and str(held) in canonical(shown))
    if isinstance(shown, float | int) and isinstance(held, float | int):
        return math.isclose(float(shown), float(held), rel_tol=1e-6, abs_tol=1e-9)
    return True


def _all_facts(reading: Reading) -> Iterator[Fault]:
    """The dossier's evidence holds every fact of the view, and no other."""
    document = reading.documents.get("dossier")
    tables = [table for table in document.tables() if table.id == "facts"] if document is not None else []
    told = {row.id.removeprefix("fact:") for table in tables for row in table.rows if row.id.startswith("fact:")}
    held = {fact.id for fact in reading.view.facts}
    for id in sorted(held - told):
        yield Fault(
            "grounded", "dossier", "facts", id, "a fact of the view that the evidence does not show", "dropped-fact"
        )
